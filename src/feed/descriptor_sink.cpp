#include "descriptor_sink.hpp"

#include <unistd.h>

#include <iostream>

namespace tessera::feed {
namespace {

// The buffer throws where the system does not take what is written, and so takes all.
void put_all(std::streambuf& buffer, std::string_view lines) {
    buffer.sputn(lines.data(), static_cast<std::streamsize>(lines.size()));
}

}  // namespace

StdoutSink::StdoutSink() : buffer_(STDOUT_FILENO, "standard output") {
    std::cout.flush();  // what was said before comes before
}

void StdoutSink::put(std::string_view lines) {
    put_all(buffer_, lines);
}

void StdoutSink::flush() {
    buffer_.pubsync();
}

void StdoutSink::finish() {
    flush();
}

FileSink::FileSink(std::filesystem::path const& path) : file_(path), buffer_(file_.descriptor(), file_.name()) {}

void FileSink::put(std::string_view lines) {
    put_all(buffer_, lines);
}

void FileSink::flush() {
    buffer_.pubsync();
}

void FileSink::finish() {
    flush();
    file_.finish();
}

}  // namespace tessera::feed

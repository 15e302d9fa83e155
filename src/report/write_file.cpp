#include "tessera/report/write_file.hpp"

#include <unistd.h>

#include <iostream>

#include "tessera/report/output_file.hpp"
#include "tessera/report/output_stream.hpp"

namespace tessera::report {
namespace {

void write_to(int descriptor, std::string const& name, WriteOutput const& write) {
    OutputStream out(descriptor, name);
    write(out);
    out.flush();
}

void write_at(std::filesystem::path const& path, WriteOutput const& write, OutputFile::Wait wait) {
    OutputFile file(path);
    write_to(file.descriptor(), file.name(), write);
    file.finish(wait);
}

}  // namespace

void write_file(std::filesystem::path const& path, WriteOutput const& write) {
    write_at(path, write, OutputFile::Wait::until_on_disk);
}

void replace_file(std::filesystem::path const& path, WriteOutput const& write) {
    write_at(path, write, OutputFile::Wait::for_nothing);
}

void write_file(std::filesystem::path const& path, std::span<std::byte const> bytes) {
    write_file(path, [&](std::ostream& out) {
        out.write(reinterpret_cast<char const*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    });
}

void write_stdout(WriteOutput const& write) {
    std::cout.flush();  // what was said before comes before
    write_to(STDOUT_FILENO, "standard output", write);
}

void write_output(std::optional<std::filesystem::path> const& path, WriteOutput const& write) {
    path ? write_file(*path, write) : write_stdout(write);
}

}  // namespace tessera::report

// Without libFuzzer: tries the inputs of folders, so that what was once found stays found, with any compiler. On top,
// as many changed ones as are asked for, with a seed: not led by coverage, but in the build that people run, whose
// kernels for wide vectors Clang and the sanitizers leave out.
//   fuzz_csv [--changed N] [--seed S] FOLDER|FILE...
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "fuzz.hpp"

namespace {

namespace fs = std::filesystem;
using Random = std::mt19937_64;

/// What is being tried, for who dies of it.
char trying[4096] = "";
std::string last_input;

void tell_input(int signal) {
    auto const say = [](char const* text) { static_cast<void>(!::write(2, text, std::strlen(text))); };
    say("the fault is in: ");
    say(trying);
    say("\n");
    if (std::ofstream crash("crash-input", std::ios::binary);
        crash.write(last_input.data(), static_cast<std::streamsize>(last_input.size())))
        say("the input is kept in ./crash-input; the program and that name repeat it\n");
    ::signal(signal, SIG_DFL);
    ::raise(signal);
}

std::string read_file(fs::path const& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

void try_named(std::string const& name, std::string const& bytes) {
    std::snprintf(trying, sizeof trying, "%s", name.c_str());
    last_input = bytes;
    tessera::fuzz::try_or_abort(bytes);
}

/// Some bytes changed, put in, taken out or doubled, or a piece of another input put in.
std::string change(Random& random, std::string bytes, std::string const& other) {
    constexpr std::string_view likely = "0123456789.-+eE,:/ \"\n\r{}[]&=%";
    for (auto left = 1 + random() % 4; left > 0; --left) {
        std::size_t const at = bytes.empty() ? 0 : random() % bytes.size();
        auto const byte = random() % 4 ? likely[random() % likely.size()] : static_cast<char>(random());
        std::size_t const length = 1 + random() % 12;
        switch (random() % 5) {
            case 0:
                if (!bytes.empty()) bytes[at] = byte;
                break;
            case 1:
                bytes.insert(at, 1, byte);
                break;
            case 2:
                bytes.erase(at, length);
                break;
            case 3:
                bytes.insert(at, bytes.substr(at, length));
                break;
            default:
                if (!other.empty()) bytes.insert(at, other.substr(random() % other.size(), length));
        }
    }
    return bytes;
}

}  // namespace

int main(int argc, char** argv) {
    for (int const signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL})
        ::signal(signal, tell_input);
    std::uint64_t changed = 0, seed = 20140401;
    std::vector<fs::path> files;
    for (int i = 1; i < argc; ++i) {
        std::string const word = argv[i];
        if ((word == "--changed" || word == "--seed") && i + 1 < argc)
            (word == "--seed" ? seed : changed) = std::strtoull(argv[++i], nullptr, 10);
        else if (fs::is_directory(word))
            for (auto const& entry : fs::directory_iterator(word))
                files.push_back(entry.path());
        else
            files.emplace_back(word);
    }
    std::sort(files.begin(), files.end());
    std::vector<std::string> inputs;
    for (fs::path const& file : files)
        try_named(file.string(), inputs.emplace_back(read_file(file)));
    if (inputs.empty()) {
        std::cerr << "no inputs: name the corpus's folder\n";
        return 2;
    }
    Random random(seed);
    for (std::uint64_t i = 0; i < changed; ++i) {
        std::size_t const which = random() % inputs.size();
        std::string const bytes = change(random, inputs[which], inputs[random() % inputs.size()]);
        try_named("change " + std::to_string(i) + " of " + files[which].string(), bytes);
    }
    std::cout << inputs.size() << " inputs and " << changed << " changed ones (seed " << seed << "): no fault\n";
}

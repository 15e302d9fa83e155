#include <omp.h>

#include <algorithm>
#include <fstream>
#include <iostream>

#include "bare_parser.hpp"
#include "turns.hpp"

// tessera_bare_parser YELLOW.csv THREADS: the first GB of a file in memory, parsed into arrays that are there already.
namespace {

using namespace tessera;

std::string read_text(std::string const& path) {
    constexpr std::size_t most = 1'000'000'000;
    std::ifstream file(path, std::ios::binary);
    std::string text(most, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    text.resize(text.rfind('\n') + 1);
    if (text.empty()) throw std::runtime_error("there are no lines in " + path);
    return text;
}

/// Parts of whole lines, one a thread.
std::vector<std::string_view> cut_lines(std::string_view text, int parts) {
    std::vector<std::string_view> cut;
    std::size_t begin = text.find_first_not_of("\r\n", text.find('\n'));
    for (int part = 1; part <= parts; ++part) {
        std::size_t const about = text.size() * static_cast<std::size_t>(part) / static_cast<std::size_t>(parts);
        std::size_t const end = part == parts ? text.size() : text.find('\n', about) + 1;
        cut.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return cut;
}

void run(std::string const& path, int threads) {
    std::string const behind(128, '\n');  // where a parser that checks nothing comes to a stop
    std::string const buffer = read_text(path) + behind;
    std::string_view const text(buffer.data(), buffer.size() - behind.size());
    auto const parts = cut_lines(text, threads);
    std::vector<bench::BareTrips> trips(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
        trips[i].resize(static_cast<std::size_t>(std::ranges::count(parts[i], '\n')));
    bench::take_turns([&] {
        std::size_t rows = 0;
        double const seconds = bench::time_of([&] {
#pragma omp parallel for reduction(+ : rows) num_threads(threads)
            for (std::size_t i = 0; i < parts.size(); ++i)
                rows += bench::parse_bare(parts[i], trips[i]);
        });
        bench::tell_time("yellow", "bare parser", threads, seconds, rows, text.size());
    });
    std::int64_t cents = 0;
    for (bench::BareTrips const& part : trips)
        for (std::int32_t const total : part.total)
            cents += total;
    if (cents <= 0) std::cerr << "the trips cost nothing: is this the layout of 2014?\n";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "tessera_bare_parser YELLOW.csv THREADS\n";
        return 2;
    }
    try {
        run(argv[1], std::stoi(argv[2]));
    } catch (std::exception const& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}

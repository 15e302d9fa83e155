// Real files, against the slow reader. Skips where they are not at hand.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "all_shares.hpp"
#include "tessera/ingest/gzip.hpp"

namespace tessera::ingest {
namespace {

namespace fs = std::filesystem;

std::string text_of(InputFile const& file) {
    std::string text;
    if (!file.gzip) {
        std::ostringstream bytes;
        bytes << std::ifstream(file.path, std::ios::binary).rdbuf();
        return bytes.str();
    }
    GzipReader reader(file.path, file.name);
    std::string buffer(1 << 16, '\0');
    while (std::size_t const got = reader.read(buffer))
        text.append(buffer, 0, got);
    return text;
}

TEST(PublishedFiles, AreReadAsOneReaderReadsThemLineByLine) {
    char const* const data = std::getenv("TESSERA_SHARED_DATA");
    if (!data || !fs::is_directory(data)) GTEST_SKIP() << "TESSERA_SHARED_DATA names no folder of real trips";
    ParseOptions const options{{{-743000000, 404500000, -736000000, 410000000}, 86'400}, true};
    std::vector<InputFile> files;
    for (char const* const source : {"yellow", "green"})
        for (auto const& entry : fs::recursive_directory_iterator(fs::path(data) / source))
            if (entry.is_regular_file() && entry.file_size() < 100'000)
                files.push_back(inspect_file(entry.path(), entry.path().filename(), {}));
    ASSERT_GT(files.size(), 100U);
    auto const read = testing::read_all_shares(files, 3, options, [] { return std::uint64_t{1} << 16; });
    std::uint64_t kept = 0;
    for (std::size_t file = 0; file < files.size(); ++file) {
        SCOPED_TRACE(files[file].path);
        core::FileId const id{static_cast<std::uint16_t>(file)};
        testing::expect_same(read[file], testing::read_slowly(text_of(files[file]), id, options.rules));
        kept += read[file].counts.kept;
    }
    EXPECT_GT(kept, 4000U) << "these files have some 4,500 rows";
}

}  // namespace
}  // namespace tessera::ingest

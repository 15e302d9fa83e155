#include "tessera/ingest/list_inputs.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "scratch_folder.hpp"
#include "tessera/core/error.hpp"

namespace tessera::ingest {
namespace {

std::vector<std::string> names_of(std::vector<std::string> const& arguments) {
    std::vector<std::string> names;
    for (NamedPath const& input : list_inputs(arguments)) {
        EXPECT_TRUE(std::filesystem::exists(input.path)) << input.path;
        names.push_back(input.name);
    }
    return names;
}

using Names = std::vector<std::string>;

class ListInputs : public ::testing::Test {
  protected:
    ListInputs() {
        for (char const* const folder : {"one", "two", "none", "two/deeper.csv"})
            std::filesystem::create_directories(folder_.path(folder));
        for (char const* const name : {"one/b.csv", "one/a.csv.gz", "one/notes.txt", "one/c.CSV", "two/z.csv",
                                       "two/b.csv", "two/deeper.csv/x.csv", "none/x.txt"})
            folder_.write(name, "x");
    }
    std::string at(std::string const& name) const { return folder_.path(name); }
    testing::ScratchFolder folder_;
};

TEST_F(ListInputs, KeepsTheOrderOfTheCommandLine) {
    EXPECT_EQ(names_of({at("two/z.csv"), at("one/b.csv")}), (Names{"z.csv", "b.csv"}));
    EXPECT_EQ(names_of({at("one/notes.txt")}), (Names{"notes.txt"})) << "a file that is named is meant";
}

TEST_F(ListInputs, AFolderStandsForItsFilesByName) {
    EXPECT_EQ(names_of({at("one")}), (Names{"a.csv.gz", "b.csv"}));
    EXPECT_EQ(names_of({at("two"), at("one/a.csv.gz")}), (Names{"b.csv", "z.csv", "a.csv.gz"}));
}

TEST_F(ListInputs, FilesOfOneNameAreToldApart) {
    EXPECT_EQ(names_of({at("one"), at("two")}), (Names{"a.csv.gz", at("one/b.csv"), at("two/b.csv"), "z.csv"}));
}

TEST_F(ListInputs, SaysWhatIsNotThere) {
    EXPECT_THROW(list_inputs({at("one/b.csv"), at("missing.csv")}), core::DataError);
    EXPECT_THROW(list_inputs({at("none")}), core::DataError);
}

TEST_F(ListInputs, RefusesWhatCouldBeReadForEver) {
    ASSERT_EQ(::mkfifo(at("one/pipe.csv").c_str(), 0600), 0);
    EXPECT_THROW(list_inputs({at("one/pipe.csv")}), core::DataError);
    EXPECT_THROW(list_inputs({at("one")}), core::DataError);
    EXPECT_THROW(list_inputs({"/dev/null"}), core::DataError);
}

}  // namespace
}  // namespace tessera::ingest

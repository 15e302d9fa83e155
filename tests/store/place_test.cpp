#include <gtest/gtest.h>
#include <sys/stat.h>

#include "made_up_store.hpp"

namespace tessera::store {
namespace {

using namespace testing;  // tessera::store::testing
namespace fs = std::filesystem;

std::string place_error(std::string const& path, bool overwrite = false) {
    return error_of([&] { check_store_place(world(), {path, overwrite}); });
}

void expect_words(std::string const& message, std::initializer_list<std::string> words) {
    for (std::string const& word : words)
        EXPECT_NE(message.find(word), std::string::npos) << "no '" << word << "' in: " << message;
}

class Place : public ::testing::Test {
  protected:
    Place() { write_bytes(there_, "old"); }
    SharedFolder folder_;
    std::string there_ = folder_.path("there.h5");
};

TEST_F(Place, AFreeOneIsGood) {
    EXPECT_EQ(place_error(folder_.path("new.h5")), "");
    EXPECT_EQ(place_error(folder_.path("new.h5"), true), "");
    EXPECT_EQ(place_error(there_, true), "");
    EXPECT_EQ(place_error("no_such_name_in_the_working_folder.h5"), "");
    EXPECT_FALSE(fs::exists(folder_.path("new.h5")));
}

TEST_F(Place, ATakenOneIsRefused) {
    expect_words(place_error(there_), {there_, "exists already", "--overwrite"});
    EXPECT_EQ(bytes_of(there_), "old");
}

TEST_F(Place, ALinkToNothingIsTaken) {
    std::string const link = folder_.path("link.h5");
    if (world().is_root()) fs::create_symlink(folder_.path("nothing.h5"), link);
    comm::barrier(world());
    expect_words(place_error(link), {link, "exists already", "--overwrite"});
    EXPECT_EQ(place_error(link, true), "");
}

TEST_F(Place, AFolderIsRefused) {
    expect_words(place_error(folder_.path("")), {"is a folder"});
    expect_words(place_error(folder_.path(""), true), {"is a folder"});
}

TEST_F(Place, ADeviceOrPipeIsNeverReplaced) {
    std::string const pipe = folder_.path("pipe");
    if (world().is_root()) {
        ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    }
    comm::barrier(world());
    for (bool const overwrite : {false, true})
        expect_words(place_error(pipe, overwrite), {pipe, "is no file"});
    for (bool const overwrite : {false, true})
        expect_words(place_error("/dev/null", overwrite), {"is no file"});
}

TEST_F(Place, AFolderThatIsNotThereIsNamed) {
    expect_words(place_error(folder_.path("none/t.h5")),
                 {folder_.path("none/t.h5"), "mkdir -p " + folder_.path("none")});
    expect_words(place_error(there_ + "/t.h5"), {"folder does not exist"});
}

TEST_F(Place, AFolderThatCannotBeWrittenIsRefused) {
    std::string const locked = folder_.path("locked");
    if (world().is_root()) fs::create_directory(locked);
    comm::barrier(world());
    fs::permissions(locked, fs::perms::owner_read | fs::perms::owner_exec);
    bool const root_may_all = ::access(locked.c_str(), W_OK) == 0;
    comm::barrier(world());
    std::string const message = place_error(locked + "/t.h5");
    fs::permissions(locked, fs::perms::owner_all);
    if (root_may_all) GTEST_SKIP() << "the superuser may write anywhere";
    expect_words(message, {locked, "cannot be written"});
}

}  // namespace
}  // namespace tessera::store

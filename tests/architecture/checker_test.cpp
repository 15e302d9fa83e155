#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "architecture/rules.hpp"

// A checker that finds nothing might be blind: each rule is shown a tree that breaks it, and a tree that does not.
namespace tessera::architecture {
namespace {

class Tree : public testing::Test {
  protected:
    Tree() {
        std::string name = testing::TempDir() + "tessera_tree_XXXXXX";
        root_ = mkdtemp(name.data());
        write("include/tessera/core/trip.hpp",
              "#pragma once\n#include <cstdint>\n\n/// Local. Adds.\nint add(int a, int b);\n");
        write("include/tessera/comm/talk.hpp",
              "#pragma once\n#include <mpi.h>\n\n#include \"tessera/core/trip.hpp\"\n\n"
              "/// Collective. Talks.\nvoid talk(Communicator const& comm, int (*how)(int));\n");
        write("src/core/trip.cpp", "#include \"tessera/core/trip.hpp\"\n\n#include \"private.hpp\"\n");
        write("src/comm/talk.cpp",
              "#include \"tessera/comm/talk.hpp\"\n// MPI_Send( in a comment\nint x = MPI_Barrier(all);\n");
        write("src/core/CMakeLists.txt", "tessera_floor(core SOURCES trip.cpp)\n");
        write("src/comm/CMakeLists.txt", "tessera_floor(comm SOURCES talk.cpp USES tessera::core)\n");
    }
    ~Tree() override { std::filesystem::remove_all(root_); }

    void write(std::string const& file, std::string const& text) {
        std::filesystem::create_directories((root_ / file).parent_path());
        std::ofstream(root_ / file) << text;
    }
    /// "file:line rule" of each fault, in the order found.
    std::vector<std::string> faults() const {
        std::vector<std::string> list;
        for (Fault const& f : check_house(root_))
            list.push_back(f.file + ":" + std::to_string(f.line) + " " + f.rule);
        return list;
    }
    /// What the checker says of one more file.
    void expect(std::string const& file, std::string const& text, std::vector<std::string> const& want) {
        write(file, text);
        EXPECT_EQ(faults(), want) << text;
        std::filesystem::remove(root_ / file);
    }

    using Strings = std::vector<std::string>;
    std::filesystem::path root_;
};

TEST_F(Tree, InOrderHasNoFaults) {
    EXPECT_EQ(faults(), Strings{});
}

TEST_F(Tree, WithoutFoldersIsRefused) {
    EXPECT_THROW(read_tree(root_ / "src"), std::runtime_error);
}

TEST_F(Tree, IncludesPointDown) {
    expect("src/core/up.cpp", "\n#include \"tessera/geo/box.hpp\"\n", {"src/core/up.cpp:2 include"});
    expect("src/geo/side.cpp", "#include <tessera/comm/talk.hpp>\n", {"src/geo/side.cpp:1 include"});
    expect("include/tessera/query/up.hpp", "#include \"tessera/reduce/x.hpp\"\n",
           {"include/tessera/query/up.hpp:1 include"});
    expect("src/query/path.cpp", "#include \"../core/private.hpp\"\n", {"src/query/path.cpp:1 include"});
    expect("src/query/down.cpp", "#include \"tessera/geo/box.hpp\"\n// #include \"tessera/app/x.hpp\"\n", {});
    expect("src/cellar/x.cpp", "", {"src/cellar/x.cpp:0 floor"});
}

TEST_F(Tree, IncludesGoInNoRing) {
    write("include/tessera/geo/a.hpp", "#include \"tessera/geo/b.hpp\"\n");
    expect("include/tessera/geo/b.hpp", "#include \"tessera/geo/a.hpp\"\n", {"include/tessera/geo/a.hpp:0 ring"});
    expect("include/tessera/geo/b.hpp", "#include \"tessera/core/trip.hpp\"\n", {});
}

TEST_F(Tree, SourcesIncludeTheirOwnHeaderFirst) {
    Strings const late{"src/core/trip.cpp:1 own header"};
    write("src/core/trip.cpp", "#include <vector>\n#include \"tessera/core/trip.hpp\"\n");
    EXPECT_EQ(faults(), late);
    write("src/core/trip.cpp", "#include \"tessera/core/strip.hpp\"\n");
    EXPECT_EQ(faults(), late);
    write("src/core/trip.cpp", "int x = 1;\n");
    EXPECT_EQ(faults(), Strings{"src/core/trip.cpp:0 own header"});
    write("src/core/trip.cpp", "// Why.\n#include \"tessera/core/trip.hpp\"\n#include <vector>\n");
    EXPECT_EQ(faults(), Strings{});

    write("src/core/beside.hpp", "#pragma once\n");
    expect("src/core/beside.cpp", "#include \"beside.hpp\"\n", {});
    expect("src/core/beside.cpp", "#include \"other.hpp\"\n", {"src/core/beside.cpp:1 own header"});
    expect("src/geo/beside.cpp", "#include <vector>\n", {});
    write("src/core/beside.hpp", "");
    expect("src/core/beside.cpp", "#include \"beside.hpp\"\n", {"src/core/beside.hpp:0 once"});
}

TEST_F(Tree, LibrariesStayOnTheirFloors) {
    expect("src/tiling/a.cpp", "#include <mpi.h>\n", {"src/tiling/a.cpp:1 library"});
    expect("src/tiling/a.cpp", "int x = MPI_Bcast (p);\n", {"src/tiling/a.cpp:1 library"});
    expect("src/reduce/a.cpp", "auto x = MPI_COMM_WORLD;\n", {"src/reduce/a.cpp:1 library"});
    expect("src/store/a.cpp", "#include <hdf5.h>\n#include <mpi.h>\nMPI_Comm c; int x = H5Fopen(f);\n", {});
    expect("src/store/a.cpp", "int x = MPI_Barrier(c);\n", {"src/store/a.cpp:1 library"});
    expect("src/app/a.cpp", "#include <hdf5.h>\n", {"src/app/a.cpp:1 library"});
    expect("src/app/a.cpp", "int x = H5Dread(d);\n", {"src/app/a.cpp:1 library"});
    expect("src/app/a.cpp", "#include <boost/program_options.hpp>\n", {});
    expect("src/query/a.cpp", "#include <boost/program_options.hpp>\n", {"src/query/a.cpp:1 library"});
    expect("src/query/a.cpp", "#include <omp.h>\n", {});
    expect("src/core/a.cpp", "#pragma omp parallel\n", {"src/core/a.cpp:1 library"});
    expect("src/core/a.cpp",
           "char const* x = \"MPI_Send(\"; /* MPI_Send( */ // MPI_Send(\nchar q = '\"'; int n = 1'0;\n", {});
}

TEST_F(Tree, LinksPointDown) {
    write("src/geo/CMakeLists.txt", "tessera_floor(geo USES tessera::core\n  tessera::comm)\n");
    EXPECT_EQ(faults(), Strings{"src/geo/CMakeLists.txt:2 link"});
}

TEST_F(Tree, FilesAreShortAndWellNamed) {
    std::string text;
    for (int i = 0; i < 250; ++i)
        text += "\n";
    expect("src/core/long.cpp", text, {});
    expect("src/core/long.cpp", text + "\n", {"src/core/long.cpp:0 length"});
    for (char const* const name : {"utils", "string_util", "misc", "io_helpers", "tile_manager", "CamelCase"})
        expect("src/core/" + std::string(name) + ".cpp", "", {"src/core/" + std::string(name) + ".cpp:0 name"});
    expect("src/core/utility_bill.cpp", "", {});
}

TEST_F(Tree, FunctionsSayWhetherTheyAreCollective) {
    std::string const file = "include/tessera/store/x.hpp";
    expect(file, "void f(int a);\n", {file + ":1 doc"});
    expect(file, "/// Adds.\nvoid f(int a);\n", {file + ":2 doc"});
    expect(file, "// Local. but not a doc comment\nvoid f(int a);\n", {file + ":2 doc"});
    expect(file, "/// Local. Adds.\nvoid f(int a);\nvoid g(int a);\n\nvoid h();\n", {file + ":5 doc"});
    expect(file, "/// Collective. Adds.\nvoid f(int a);\n", {file + ":2 collective"});
    expect(file, "/// Local. Adds.\nvoid f(comm::Communicator const& comm);\n", {file + ":2 collective"});
    expect(file, "/// Collective. Adds.\nvoid f(int a, comm::Communicator const& comm);\n",
           {file + ":2 collective", file + ":2 collective"});
    expect(file, "/// Collective. Adds.\nvoid f(comm::Communicator comm);\n",
           {file + ":2 collective", file + ":2 collective"});
    expect(file, "/// Collective. Adds.\nvoid f(Communicator const&);\n", {});
    expect(file, "/// Local. Or Collective. Which?\nvoid f(Communicator const&);\n", {file + ":2 doc"});
}

TEST_F(Tree, FunctionsAreFoundWhereverTheyStand) {
    std::string const file = "include/tessera/store/x.hpp";
    expect(file,
           "namespace a::b {\ntemplate <class T, class U = std::pair<int, int>>\n    requires std::is_enum_v<T> && "
           "(sizeof(T) > 1)\n"
           "std::vector<T> f(std::span<T> values = {});\n}\n",
           {file + ":2 doc"});
    expect(file,
           "[[nodiscard]] constexpr auto f() noexcept -> int {\n    if (true) { return g(); }\n    return 1;\n}\nint "
           "h();\n",
           {file + ":1 doc", file + ":5 doc"});
    expect(file,
           "class A {\n  public:\n    A() : a_(1), b_{2} {}\n    int f() const;\n    /// Collective.\n    void g();\n"
           "  private:\n    int a_ = f(1);\n    int b_{};\n};\n",
           {file + ":6 collective"});
    expect(file, "class A {\n    void f(comm::Communicator const& comm);\n};\n", {file + ":2 collective"});
    expect(file,
           "inline constexpr int a = f(1);\ninline const B b{f(2)};\nenum class C : int { d = g(1) };\nusing D = "
           "int(int);\n"
           "static_assert(f(1) == 2);\nstruct E;\nbool operator==(E, E);\n",
           {});
}

TEST_F(Tree, SpecialisationsNeedNoWordsOfTheirOwn) {
    std::string const file = "include/tessera/store/x.hpp";
    expect(file,
           "template <>\nconstexpr A f<A>() {\n    return A{255};\n}\ntemplate <>\nstruct D<int> {\n    int "
           "g();\n};\nint h();\n",
           {file + ":9 doc"});
}

TEST_F(Tree, NoObjectHidesACommunicator) {
    expect("src/store/a.hpp", "class A {\n    comm::Communicator const& comm_;\n};\n",
           {"src/store/a.hpp:2 collective"});
    expect("src/store/a.cpp", "void f(int a, comm::Communicator const& comm) {}\n", {"src/store/a.cpp:1 collective"});
    expect("src/store/a.cpp", "void f(comm::Communicator const& comm, int a) {}\n", {});
}

}  // namespace
}  // namespace tessera::architecture

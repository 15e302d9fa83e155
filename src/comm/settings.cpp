#include "tessera/comm/settings.hpp"

#include <mpi.h>

#include "tessera/comm/check.hpp"

namespace tessera::comm {
namespace {

/// The tools interface, while it is asked.
class Tools {
  public:
    Tools() {
        int provided = 0;
        check(MPI_T_init_thread(MPI_THREAD_SINGLE, &provided), "MPI_T_init_thread");
    }
    ~Tools() { MPI_T_finalize(); }
    Tools(Tools const&) = delete;
    Tools& operator=(Tools const&) = delete;
};

/// Some numbers stand for words.
std::string word_for(MPI_T_enum words, int number) {
    int items = 0, length = 0, item = 0;
    if (words != MPI_T_ENUM_NULL) MPI_T_enum_get_info(words, &items, nullptr, &length);
    for (int i = 0; i < items; ++i) {
        char word[64] = "";
        int word_length = sizeof word;
        if (MPI_T_enum_get_item(words, i, &item, word, &word_length) == MPI_SUCCESS && item == number) return word;
    }
    return std::to_string(number);
}

std::string read(std::string const& name) {
    int index = 0, length = 0;
    if (MPI_T_cvar_get_index(name.c_str(), &index) != MPI_SUCCESS) return {};
    MPI_Datatype type = MPI_DATATYPE_NULL;
    MPI_T_enum words = MPI_T_ENUM_NULL;
    int verbosity = 0, name_length = 0, text_length = 0, binding = 0, scope = 0;
    MPI_T_cvar_handle handle = MPI_T_CVAR_HANDLE_NULL;
    if (MPI_T_cvar_get_info(index, nullptr, &name_length, &verbosity, &type, &words, nullptr, &text_length, &binding,
                            &scope) != MPI_SUCCESS ||
        MPI_T_cvar_handle_alloc(index, nullptr, &handle, &length) != MPI_SUCCESS)
        return {};
    std::string value;
    if (type == MPI_CHAR) {
        std::vector<char> text(static_cast<std::size_t>(length) + 1, '\0');
        if (MPI_T_cvar_read(handle, text.data()) == MPI_SUCCESS) value = text.data();
    } else if (int number = 0; type == MPI_INT && MPI_T_cvar_read(handle, &number) == MPI_SUCCESS) {
        value = word_for(words, number);
    }
    MPI_T_cvar_handle_free(&handle);
    return value;
}

}  // namespace

std::vector<std::string> read_settings(std::vector<std::string> const& names) {
    Tools const tools;
    std::vector<std::string> values;
    for (std::string const& name : names)
        values.push_back(read(name));
    return values;
}

}  // namespace tessera::comm

#include <regex>

#include "architecture/find_functions.hpp"
#include "architecture/rules.hpp"

namespace tessera::architecture {
namespace {

void check_function(SourceFile const& file, Function const& function, std::vector<Fault>& faults) {
    static std::regex const by_reference("((tessera : : )?comm : : )?Communicator const & ?(\\w+ )?");
    static std::regex const communicator("\\bCommunicator\\b");
    static std::regex const says_collective("\\bCollective[.,;]"), says_local("\\bLocal[.,;]");
    auto const complain = [&](char const* rule, std::string const& text) {
        faults.push_back({file.path, function.line, rule, function.name + ": " + text});
    };
    bool const takes_one = std::regex_match(function.first_parameter, by_reference);
    bool const collective = std::regex_search(function.doc, says_collective);
    bool const local = std::regex_search(function.doc, says_local);
    if (std::regex_search(function.other_parameters, communicator) ||
        (!takes_one && std::regex_search(function.first_parameter, communicator)))
        complain("collective", "a communicator is the first parameter, and is a Communicator const&");
    if (collective && local) complain("doc", "says both Local and Collective");
    if (collective && !takes_one) complain("collective", "says Collective without a Communicator const& first");
    if (takes_one && !collective) complain("collective", "takes a communicator and does not say Collective");
    if (!collective && !local && !takes_one && !function.is_member && !function.is_operator)
        complain("doc", "says neither Local nor Collective");
}

}  // namespace

std::vector<Fault> check_collectives(Files const& files) {
    static std::regex const hidden("\\bCommunicator(\\s+const)?\\s*[&*]?\\s+\\w+_\\s*(;|=|\\{)");
    static std::regex const late(",\\s*(comm::)?Communicator\\s+const\\s*&");
    std::vector<Fault> faults;
    for (SourceFile const& file : files) {
        if (file.is_header && file.path.starts_with("include/"))
            for (Function const& function : find_functions(file))
                check_function(file, function, faults);
        for (std::size_t i = 0; i < file.code.size(); ++i) {
            if (file.floor != "comm" && std::regex_search(file.code[i], hidden))
                faults.push_back({file.path, i + 1, "collective", "an object hides a communicator"});
            if (!file.is_header && std::regex_search(file.code[i], late))
                faults.push_back({file.path, i + 1, "collective", "a communicator is the first parameter"});
        }
    }
    return faults;
}

}  // namespace tessera::architecture

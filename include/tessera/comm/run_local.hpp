#pragma once
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "tessera/comm/communicator.hpp"
#include "tessera/core/last_words.hpp"

namespace tessera::comm {

/// Collective. The ranks compare their errors (empty: none). Where there is one, every rank throws the same StageError
/// with the message of the lowest rank that failed.
void agree_on_error(Communicator const& comm, std::string_view stage, std::string const& my_error);

/// Collective. Runs `work` on each rank and returns its result; an exception of any rank becomes every rank's
/// StageError. `work` is local: it calls no collective (one rank would wait for a rank that has failed), and
/// `run_local` is never nested.
template <class Work>
std::invoke_result_t<Work> run_local(Communicator const& comm, std::string_view stage, Work&& work) {
    core::note_stage(stage);
    std::string error;
    auto const note = [&] {
        try {
            throw;
        } catch (std::exception const& e) {
            error = e.what();
        } catch (...) {
            error = "an unknown error";
        }
        if (error.empty()) error = "an error without a message";
    };
    if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
        try {
            std::forward<Work>(work)();
        } catch (...) {
            note();
        }
        agree_on_error(comm, stage, error);
    } else {
        std::invoke_result_t<Work> result{};
        try {
            result = std::forward<Work>(work)();
        } catch (...) {
            note();
        }
        agree_on_error(comm, stage, error);
        return result;
    }
}

/// Collective. As run_local, but only the root works; the others wait for its outcome.
template <class Work>
auto run_on_root(Communicator const& comm, std::string_view stage, Work&& work) {
    using Result = std::invoke_result_t<Work>;
    return run_local(comm, stage, [&]() -> Result {
        if (comm.is_root()) return std::forward<Work>(work)();
        return Result();
    });
}

}  // namespace tessera::comm

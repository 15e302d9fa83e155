#include "tessera/core/last_words.hpp"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>

namespace tessera::core {
namespace {

constexpr std::size_t longest_stage = 79, longest_path = 1023, most_unfinished = 32;

/// A text that a handler may read at any time: it sees the old one or the new one.
struct Stage {
    std::array<std::array<char, longest_stage + 1>, 2> texts{};
    std::atomic<unsigned> shown{0};
} stage;

enum class State { free, taken, file, folder };
struct Slot {
    std::atomic<State> state{State::free};
    std::array<char, longest_path + 1> path{};
};
std::array<Slot, most_unfinished> slots;

std::atomic<bool> speaking{false};
std::atomic<bool> is_in_job{false};    ///< another process speaks
std::atomic<int> spoken_before_by{0};  ///< a process that speaks while it lives; 0: none
static_assert(std::atomic<State>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

/// A message that is put together without asking for memory.
class Message {
  public:
    void add(char const* text) noexcept {
        std::size_t const size = std::min(std::strlen(text), text_.size() - size_);
        std::memcpy(text_.data() + size_, text, size);
        size_ += size;
    }
    void say() const noexcept { [[maybe_unused]] ssize_t const written = ::write(STDERR_FILENO, text_.data(), size_); }

  private:
    std::array<char, 4096> text_;
    std::size_t size_ = 0;
};

char const* name_of(int signal) noexcept {
    return signal == SIGTERM ? "SIGTERM" : signal == SIGINT ? "SIGINT" : signal == SIGHUP ? "SIGHUP" : "SIGUSR1";
}

// From here on only what POSIX allows in a handler is called.

/// Removes what can be, and says what became of it.
void clear_away(Message& message) noexcept {
    for (Slot& slot : slots) {
        State const state = slot.state;
        if (state != State::file && state != State::folder) continue;
        bool const removed = state == State::file && ::unlink(slot.path.data()) == 0;
        if (state == State::file && !removed && errno == ENOENT) continue;  // it has just got its name
        message.add("; ");
        message.add(slot.path.data());
        message.add(removed ? " is removed" : " is left, and removed by the next run");
    }
}

/// mpirun gives ranks a second after SIGTERM, but kills all as soon as the first has gone.
void let_another_speak() noexcept {
    timespec const time{0, 300'000'000};
    ::nanosleep(&time, nullptr);
}

void add_stage(Message& message) noexcept {
    if (noted_stage().empty()) return;
    message.add(noted_stage().data());
    message.add(": ");
}

}  // namespace

bool is_heir() noexcept {
    int const other = spoken_before_by;
    return other != 0 && ::kill(other, 0) != 0 && errno == ESRCH;
}

void say_that_it_finishes(int signal) noexcept {
    Message message;
    message.add("note: ");
    add_stage(message);
    message.add(name_of(signal));
    message.add(" has come; what was taken is finished first\n");
    message.say();
}

void end_with_last_words(int signal) noexcept {
    Message message;
    message.add("tessera: ");
    add_stage(message);
    message.add("ended by ");
    message.add(name_of(signal));
    if (signal == SIGTERM) message.add(", which a launcher also sends when another rank has died");
    clear_away(message);
    message.add("\n");
    if (speaking || is_heir())
        message.say();
    else if (is_in_job)
        let_another_speak();
    struct sigaction by_default {};
    by_default.sa_handler = SIG_DFL;
    ::sigaction(signal, &by_default, nullptr);
    ::raise(signal);  // is blocked while its handler runs, and so ends the process as the handler returns
}

void note_stage(std::string_view text) noexcept {
    unsigned const next = 1 - stage.shown;
    std::size_t const size = std::min(text.size(), longest_stage);
    std::memcpy(stage.texts[next].data(), text.data(), size);
    stage.texts[next][size] = '\0';
    stage.shown = next;
}

std::string_view noted_stage() noexcept {
    return stage.texts[stage.shown].data();
}

Unfinished::Unfinished(std::string_view path, Kind kind) noexcept : slot_(0) {
    for (; slot_ < slots.size() && path.size() <= longest_path; ++slot_) {
        State expected = State::free;
        if (!slots[slot_].state.compare_exchange_strong(expected, State::taken)) continue;
        std::memcpy(slots[slot_].path.data(), path.data(), path.size());
        slots[slot_].path[path.size()] = '\0';
        slots[slot_].state = kind == Kind::file ? State::file : State::folder;
        return;
    }
    slot_ = slots.size();
}

Unfinished::~Unfinished() {
    if (slot_ < slots.size()) slots[slot_].state = State::free;
}

void speak_last_words(bool speaks) noexcept {
    speaking = speaks;
    is_in_job = !speaks;
    struct sigaction action {};
    action.sa_handler = end_with_last_words;
    action.sa_flags = SA_RESTART;
    for (int const signal : {SIGTERM, SIGINT, SIGHUP}) {
        struct sigaction before {};
        bool const ignored = ::sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN;  // nohup
        if (!ignored) ::sigaction(signal, &action, nullptr);
    }
}

void speak_after(int process) noexcept {
    spoken_before_by = process;
}

void fall_silent() noexcept {
    speaking = false;
    spoken_before_by = 0;
}

}  // namespace tessera::core

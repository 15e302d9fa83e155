#include "damage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

namespace tessera::damage {
namespace {

class Chance {
  public:
    Chance(std::string const& good, std::uint64_t seed) : random_(seed), done_{"", "", good} {}

    Damaged damage() {
        // Changes of one byte and of a block come most often; all else is there, too.
        switch (pick(0, 15)) {
            case 0:
            case 1:
            case 2:
                return flip_bit();
            case 3:
            case 4:
            case 5:
                return change_byte();
            case 6:
            case 7:
                return fill_block("zeroed block", [] { return '\0'; });
            case 8:
            case 9:
                return fill_block("random block", [this] { return static_cast<char>(pick(0, 255)); });
            case 10:
                return copy_block();
            case 11:
                return swap_blocks();
            case 12:
                return change_bytes();
            case 13:
                return cut_short();
            case 14:
                return append();
            default:
                return shift();
        }
    }

  private:
    std::size_t pick(std::size_t low, std::size_t high) {
        return std::uniform_int_distribution<std::size_t>(low, high)(random_);
    }
    std::size_t size() const { return done_.bytes.size(); }
    std::size_t place() {
        std::size_t const tenth = size() / 10, last = size() - 1;
        switch (pick(0, 3)) {
            case 0:
                return pick(0, tenth);
            case 1:
                return pick(last - tenth, last);
            default:
                return pick(0, last);
        }
    }
    /// Short ones as often as long ones, and now and then the size and place of a disk's.
    std::pair<std::size_t, std::size_t> block() {
        std::size_t const bits = pick(0, 12), length = std::min(pick(1, std::size_t{1} << bits), size());
        if (pick(0, 3) != 0) return {std::min(place(), size() - length), length};
        std::size_t const sector = pick(0, 1) == 0 ? 512 : 4096;
        return {pick(0, (size() - 1) / sector) * sector, sector};
    }
    Damaged finish(std::string kind, std::string where) {
        done_.kind = std::move(kind);
        done_.where = std::move(where);
        return std::move(done_);
    }

    Damaged flip_bit() {
        std::size_t const at = place(), bit = pick(0, 7);
        done_.bytes[at] = static_cast<char>(done_.bytes[at] ^ (1 << bit));
        return finish("flipped bit", fmt::format("bit {} of byte {}", bit, at));
    }
    Damaged change_byte() {
        std::size_t const at = place(), value = pick(0, 255);
        done_.bytes[at] = static_cast<char>(value);
        return finish("changed byte", fmt::format("byte {} to {}", at, value));
    }
    Damaged change_bytes() {
        std::size_t const count = pick(2, 40);
        for (std::size_t i = 0; i < count; ++i)
            done_.bytes[place()] = static_cast<char>(pick(0, 255));
        return finish("scattered bytes", fmt::format("{} bytes", count));
    }
    template <class Byte>
    Damaged fill_block(char const* kind, Byte byte) {
        auto const [first, length] = block();
        for (std::size_t i = first; i < std::min(first + length, size()); ++i)
            done_.bytes[i] = byte();
        return finish(kind, fmt::format("{} bytes at {}", length, first));
    }
    Damaged copy_block() {
        auto const [first, length] = block();
        std::size_t const from = std::min(block().first, size() - std::min(length, size()));
        std::string const copied = done_.bytes.substr(from, std::min(length, size() - first));
        done_.bytes.replace(first, copied.size(), copied);
        return finish("copied block", fmt::format("{} bytes from {} to {}", copied.size(), from, first));
    }
    Damaged swap_blocks() {
        std::size_t const sector = pick(0, 1) == 0 ? 512 : 4096, sectors = size() / sector;
        std::size_t const a = pick(0, sectors - 1) * sector, b = pick(0, sectors - 1) * sector;
        for (std::size_t i = 0; i < sector; ++i)
            std::swap(done_.bytes[a + i], done_.bytes[b + i]);
        return finish("swapped blocks", fmt::format("{} bytes at {} and {}", sector, a, b));
    }
    Damaged cut_short() {
        std::size_t const left = pick(0, 3) == 0 ? pick(0, 4096) : pick(0, size() - 1);
        done_.bytes.resize(left);
        return finish("cut short", fmt::format("to {} bytes", left));
    }
    Damaged append() {
        std::size_t const more = pick(1, 4096);
        bool const zeros = pick(0, 1) == 0;
        for (std::size_t i = 0; i < more; ++i)
            done_.bytes += zeros ? '\0' : static_cast<char>(pick(0, 255));
        return finish("grown", fmt::format("by {} bytes", more));
    }
    /// Bytes that are lost, or twice there, and all behind them moved.
    Damaged shift() {
        auto const [first, length] = block();
        bool const lost = pick(0, 1) == 0;
        if (lost)
            done_.bytes.erase(first, length);
        else
            done_.bytes.insert(first, done_.bytes.substr(first, length));
        return finish("shifted", fmt::format("{} bytes at {} {}", length, first, lost ? "lost" : "twice there"));
    }

    std::mt19937_64 random_;
    Damaged done_;
};

}  // namespace

Damaged damage(std::string const& good, std::uint64_t seed) {
    return Chance(good, seed).damage();
}

}  // namespace tessera::damage

#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "tessera/synth/request_draft.hpp"
#include "tessera/synth/scenes.hpp"

namespace tessera::synth {

/// How long a window is. The first three begin on any minute, days and weeks at midnight.
enum class WindowKind : std::uint8_t { none, quarter_hour, hour, six_hours, day, week };

inline constexpr std::uint32_t largest_weight = 1'000'000;
inline constexpr std::uint32_t largest_k = 10'000;

/// What to ask for, and how often.
struct RequestMix {
    std::array<std::uint32_t, operation_count> weights{60, 25, 15};  ///< by Operation; each at most largest_weight
    std::optional<WindowKind> window;                                ///< of every request; nothing: a mixture
    std::optional<std::uint32_t> k;  ///< of every nearest, 1 to largest_k; all else stays
};

/// Makes the request of any row of a list, in any order and from any thread.
class RequestMaker {
  public:
    /// Keeps a reference to the scenes. Errors: core::UsageError for weights that are all 0 or too large, or a k that
    /// nobody may ask for.
    RequestMaker(Scenes const& scenes, RequestMix const& mix, std::uint64_t seed);

    /// Local. The request of a row.
    RequestDraft make(std::uint64_t row) const;

  private:
    Operation draw_operation(RandomStream& random) const;

    Scenes const& scenes_;
    RequestMix mix_;
    std::uint64_t seed_;
};

}  // namespace tessera::synth

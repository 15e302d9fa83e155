#include "walk_steps.hpp"

#include "tessera/core/wide.hpp"

namespace tessera::query {

TESSERA_WIDE_WHOLE
void begin(CurveWalk& walk) {
    walk.begin();
}
TESSERA_WIDE_WHOLE
void begin(SlabWalk& walk) {
    walk.begin();
}
TESSERA_WIDE_WHOLE
void look_at_first(CurveWalk& walk) {
    walk.look_at_first();
}
TESSERA_WIDE_WHOLE
void look_at_first(SlabWalk& walk) {
    walk.look_at_first();
}
TESSERA_WIDE_WHOLE
void look_at_rest(CurveWalk& walk) {
    walk.look_at_rest();
}
TESSERA_WIDE_WHOLE
void look_at_rest(SlabWalk& walk) {
    walk.look_at_rest();
}

}  // namespace tessera::query

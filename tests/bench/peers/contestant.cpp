#include "contestant.hpp"

namespace tessera::bench {

std::size_t Contestant::answer_all(Questions const& questions) const {
    constexpr int questions_a_helping = 256;  // neighbours along the curve stay with one thread
    std::size_t found = 0;
#pragma omp parallel reduction(+ : found)
    {
        Rows rows;
#pragma omp for schedule(dynamic, questions_a_helping)
        for (std::size_t i = 0; i < questions.size(); ++i)
            found += answer(questions, i, rows);
    }
    return found;
}

}  // namespace tessera::bench

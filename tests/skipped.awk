# What was skipped, and why, out of CTest's LastTest.log: a line for each reason.
#   awk -f tests/skipped.awk build/Testing/Temporary/LastTest.log

function note(reason) {
    gsub(/^(SKIPPED|skipped): */, "", reason)
    if (seen[reason, test]++) return
    if (!(reason in tests)) order[++reasons] = reason
    tests[reason] = tests[reason] (tests[reason] == "" ? "" : ", ") test
}

/^[0-9]+\/[0-9]+ Testing: / { test = $3; next }
# GoogleTest says "FILE:LINE: Skipped", and why on the next line.
after_gtest { after_gtest = 0; note($0) }
/\.cpp:[0-9]+: Skipped$/ { after_gtest = 1 }
# unittest: test_name (...) ... skipped 'why'
/\.\.\. skipped / {
    sub(/.*\.\.\. skipped /, "")
    note(substr($0, 2, length($0) - 2))
}
# the Kafka tests
/^skipped: / { note($0) }

END {
    for (i = 1; i <= reasons; ++i) print "skipped: " tests[order[i]] ": " order[i]
}

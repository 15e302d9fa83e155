# The 100 mixed requests again: we and Apache Sedona on Spark, local[2], over a table in memory. (On a fifth of the trips.)
few=$((trips / 5))
store=$(yellow_store "$few")
requests=$(mixed_requests "$few")
answers=$(our_answers "$few")
scratch=$data/sedona-$few
mkdir -p "$scratch"
if has_module sedona; then
    record sedona measured "$python" "$bench/turns.py" "$rounds" \
        "$python $peers/ours_requests.py '$tessera' '$store' '$requests' 2" \
        "$python $peers/sedona_requests.py '$store' '$requests' '$answers' '$scratch'"
fi

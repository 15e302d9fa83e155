"""A bar for each figure: how many times its bar it is."""
try:
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as pyplot
except ImportError:
    pyplot = None


def draw(shares, path):
    """shares: (name, figure / bar), 1 being just met."""
    if pyplot is None:
        print("no matplotlib: the plot stays as it was")
        return
    names, values = zip(*reversed(shares))
    figure, axes = pyplot.subplots(figsize=(9, 1 + 0.24 * len(names)))
    colors = ["#3b7a57" if value >= 1 else "#c25b3f" for value in values]
    axes.barh(range(len(names)), [value - 1 for value in values], left=1, color=colors, height=0.7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.set_xscale("log")
    axes.axvline(1, color="black", linewidth=1)
    axes.set_xlabel("figure / bar (to the right of 1: met)", fontsize=8)
    axes.tick_params(axis="x", labelsize=8)
    axes.set_xlim(min(0.1, *values) / 1.2, max(10, *values) * 1.2)
    axes.margins(y=0.01)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.savefig(path, dpi=110, bbox_inches="tight", metadata={"Software": None})

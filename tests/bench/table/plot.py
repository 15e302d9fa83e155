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
    axes.barh(range(len(names)), values, color=["#3b7a57" if value >= 1 else "#c25b3f" for value in values], height=0.7, left=0)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.set_xscale("log")
    axes.axvline(1, color="black", linewidth=1)
    axes.set_xlabel("figure / bar (to the right of 1: met)", fontsize=8)
    axes.tick_params(axis="x", labelsize=8)
    axes.margins(y=0.01)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, dpi=110, metadata={"Software": None})

#include "tessera/report/png.hpp"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <stdexcept>

#include "tessera/core/error.hpp"
#include "tessera/report/literal.hpp"

namespace tessera::report {
namespace {

/// What libpng's call-backs reach through their pointers.
struct Target {
    std::vector<std::byte> bytes;
    std::string error;
};

void keep_error(png_structp png, png_const_charp message) {
    static_cast<Target*>(png_get_error_ptr(png))->error = message;
    png_longjmp(png, 1);
}

void ignore_warning(png_structp, png_const_charp) {}

void take_bytes(png_structp png, png_bytep data, png_size_t size) {
    bool taken = false;
    try {
        auto& bytes = static_cast<Target*>(png_get_io_ptr(png))->bytes;
        auto const* const first = reinterpret_cast<std::byte const*>(data);
        bytes.insert(bytes.end(), first, first + size);
        taken = true;
    } catch (...) {  // must not cross libpng, which is C
    }
    if (!taken) png_error(png, "out of memory");
}

/// Owns libpng's two structures.
class Encoder {
  public:
    explicit Encoder(Target& target)
        : png_(png_create_write_struct(PNG_LIBPNG_VER_STRING, &target, keep_error, ignore_warning)),
          info_(png_ == nullptr ? nullptr : png_create_info_struct(png_)) {
        if (info_ != nullptr) return;
        png_destroy_write_struct(&png_, nullptr);
        throw core::DataError("libpng did not start (out of memory?); free some memory");
    }
    Encoder(Encoder const&) = delete;
    Encoder& operator=(Encoder const&) = delete;
    ~Encoder() { png_destroy_write_struct(&png_, &info_); }
    png_structp png() const { return png_; }
    png_infop info() const { return info_; }

  private:
    png_structp png_;
    png_infop info_;
};

/// Everything that is written, made before libpng is entered.
struct Parts {
    std::vector<png_color> palette;
    std::vector<png_text> texts;
    std::vector<png_bytep> rows;
    bool is_clear = false;  ///< the background is transparent, and time matters more than size
};

Parts parts_of(Picture const& picture, ColorMap const& colors) {
    if (picture.pixels.size() != std::size_t{picture.width} * picture.height)
        throw std::invalid_argument("encode_png: pixels are not width * height");
    Parts parts;
    for (Rgb const color : colors)
        parts.palette.push_back({color.red, color.green, color.blue});
    for (std::size_t row = 0; row < picture.height; ++row)
        parts.rows.push_back(const_cast<png_bytep>(picture.pixels.data() + row * picture.width));  // only read
    return parts;
}

/// libpng leaves by longjmp when it fails: nothing in this function may have a destructor. False when it failed.
bool encode(png_structp png, png_infop info, Target* target, Picture const* picture, Parts* parts) {
    if (setjmp(png_jmpbuf(png)) != 0) return false;
    png_set_write_fn(png, target, take_bytes, nullptr);
    png_set_IHDR(png, info, picture->width, picture->height, 8, PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_PLTE(png, info, parts->palette.data(), static_cast<int>(parts->palette.size()));
    if (parts->is_clear) {
        png_byte background_alpha = 0;
        png_set_tRNS(png, info, &background_alpha, 1, nullptr);
        png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
        png_set_compression_level(png, 1);
    }
    if (!parts->texts.empty()) png_set_text(png, info, parts->texts.data(), static_cast<int>(parts->texts.size()));
    png_write_info(png, info);
    png_write_image(png, parts->rows.data());
    png_write_end(png, nullptr);
    return true;
}

std::string frame_text(geo::Box const& frame) {
    std::string text;
    append_degrees(text, frame.west);
    for (std::int32_t const edge : {frame.south, frame.east, frame.north})
        append_degrees(text += ',', edge);
    return text;
}

png_text text_chunk(char const* key, std::string& value) {
    png_text chunk{};
    chunk.compression = PNG_TEXT_COMPRESSION_NONE;
    chunk.key = const_cast<char*>(key);  // libpng only reads it
    chunk.text = value.data();
    chunk.text_length = value.size();
    return chunk;
}

std::vector<std::byte> write(Picture const& picture, Parts& parts) {
    Target target;
    Encoder const encoder(target);
    if (!encode(encoder.png(), encoder.info(), &target, &picture, &parts))
        throw core::DataError(fmt::format("cannot make a PNG of {} x {} pixels ({}); choose another size",
                                          picture.width, picture.height, target.error));
    return std::move(target.bytes);
}

}  // namespace

std::vector<std::byte> encode_png(Picture const& picture, ColorMap const& colors, PictureText const& text) {
    Parts parts = parts_of(picture, colors);
    PictureText about = text;
    std::string frame = frame_text(text.frame);
    parts.texts = {text_chunk("Title", about.title), text_chunk("Software", about.software),
                   text_chunk("Frame", frame)};
    return write(picture, parts);
}

std::vector<std::byte> encode_clear_png(Picture const& picture, ColorMap const& colors) {
    Parts parts = parts_of(picture, colors);
    parts.is_clear = true;
    auto const brightest = std::max_element(picture.pixels.begin(), picture.pixels.end());
    parts.palette.resize(brightest == picture.pixels.end() ? 1 : std::size_t{*brightest} + 1);
    return write(picture, parts);
}

}  // namespace tessera::report

#include "tessera/report/png.hpp"

#include <gtest/gtest.h>
#include <png.h>

#include <cstring>
#include <map>
#include <random>

#include "harness/seed.hpp"
#include "tessera/core/error.hpp"

namespace tessera::report {
namespace {

struct Decoded {
    std::uint32_t width = 0, height = 0;
    int depth = 0;
    std::vector<Rgb> pixels;
    std::vector<std::uint8_t> alpha;  ///< of each, where the picture has any
    std::map<std::string, std::string> texts;
};

struct Source {
    std::vector<std::byte> const& bytes;
    std::size_t place = 0;
};

void read_bytes(png_structp png, png_bytep data, png_size_t size) {
    auto& source = *static_cast<Source*>(png_get_io_ptr(png));
    if (source.place + size > source.bytes.size()) png_error(png, "the file is cut short");
    std::memcpy(data, source.bytes.data() + source.place, size);
    source.place += size;
}

/// Reads a PNG again. A fault in it ends the test program: libpng's default for errors.
Decoded decode(std::vector<std::byte> const& bytes) {
    Source source{bytes};
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_set_read_fn(png, &source, read_bytes);
    png_read_png(png, info, PNG_TRANSFORM_EXPAND, nullptr);

    Decoded decoded{
        png_get_image_width(png, info), png_get_image_height(png, info), png_get_bit_depth(png, info), {}, {}, {}};
    bool const has_alpha = png_get_color_type(png, info) == PNG_COLOR_TYPE_RGB_ALPHA;
    EXPECT_TRUE(has_alpha || png_get_color_type(png, info) == PNG_COLOR_TYPE_RGB);
    std::uint32_t const step = has_alpha ? 4 : 3;
    png_bytepp rows = png_get_rows(png, info);
    for (std::uint32_t y = 0; y < decoded.height; ++y)
        for (std::uint32_t x = 0; x < decoded.width; ++x) {
            decoded.pixels.push_back({rows[y][step * x], rows[y][step * x + 1], rows[y][step * x + 2]});
            if (has_alpha) decoded.alpha.push_back(rows[y][step * x + 3]);
        }
    png_textp texts = nullptr;
    int const number = png_get_text(png, info, &texts, nullptr);
    for (int i = 0; i < number; ++i)
        decoded.texts[texts[i].key] = texts[i].text;
    png_destroy_read_struct(&png, &info, nullptr);
    EXPECT_EQ(source.place, bytes.size());
    return decoded;
}

PictureText const about{"Pick-ups", "tessera 0.1.0", {-743000000, 404500000, -736000000, 410000000}};

Picture noise(std::uint32_t width, std::uint32_t height) {
    std::mt19937_64 random(harness::seed());
    Picture picture{width, height, std::vector<std::uint8_t>(std::size_t{width} * height)};
    for (auto& pixel : picture.pixels)
        pixel = static_cast<std::uint8_t>(random());
    return picture;
}

TEST(Png, ComesBackAsItWas) {
    ColorMap const colors = make_ember();
    Picture const picture = noise(37, 21);
    Decoded const decoded = decode(encode_png(picture, colors, about));
    EXPECT_EQ(decoded.width, 37U);
    EXPECT_EQ(decoded.height, 21U);
    EXPECT_EQ(decoded.depth, 8);
    ASSERT_EQ(decoded.pixels.size(), picture.pixels.size());
    for (std::size_t i = 0; i < decoded.pixels.size(); ++i)
        ASSERT_EQ(decoded.pixels[i], colors[picture.pixels[i]]) << i;
}

TEST(Png, SaysWhatItShows) {
    Decoded const decoded = decode(encode_png(noise(1, 1), make_ember(), about));
    EXPECT_EQ(decoded.texts,
              (std::map<std::string, std::string>{
                  {"Title", "Pick-ups"}, {"Software", "tessera 0.1.0"}, {"Frame", "-74.3,40.45,-73.6,41"}}));
}

TEST(Png, HasTheSameBytesEachTime) {
    EXPECT_EQ(encode_png(noise(64, 64), make_ember(), about), encode_png(noise(64, 64), make_ember(), about));
}

TEST(Png, OfAMapTileIsClearWhereNothingIs) {
    ColorMap const colors = make_ember();
    Picture const picture = noise(64, 48);
    Decoded const decoded = decode(encode_clear_png(picture, colors));
    EXPECT_EQ(decoded.width, 64U);
    EXPECT_EQ(decoded.height, 48U);
    EXPECT_TRUE(decoded.texts.empty());
    ASSERT_EQ(decoded.alpha.size(), picture.pixels.size());
    for (std::size_t i = 0; i < decoded.pixels.size(); ++i) {
        ASSERT_EQ(decoded.alpha[i], picture.pixels[i] == 0 ? 0 : 255) << i;
        ASSERT_EQ(decoded.pixels[i], colors[picture.pixels[i]]) << i;
    }
    auto const blank = encode_clear_png({256, 256, std::vector<std::uint8_t>(256 * 256)}, colors);
    EXPECT_LT(blank.size(), 500U);
    EXPECT_EQ(decode(blank).alpha, std::vector<std::uint8_t>(256 * 256));
}

TEST(Png, RefusesPicturesThatAreNone) {
    EXPECT_THROW(encode_png(noise(0, 5), make_ember(), about), core::DataError);
    EXPECT_THROW(encode_png({2, 2, {0}}, make_ember(), about), std::invalid_argument);
    EXPECT_THROW(encode_clear_png(noise(0, 5), make_ember()), core::DataError);
    EXPECT_THROW(encode_clear_png({2, 2, {0}}, make_ember()), std::invalid_argument);
    try {
        encode_png(noise(2'000'000, 1), make_ember(), about);
        FAIL() << "libpng takes a million pixels at most";
    } catch (core::DataError const& error) {
        EXPECT_NE(std::string(error.what()).find("2000000 x 1"), std::string::npos);
    }
}

}  // namespace
}  // namespace tessera::report

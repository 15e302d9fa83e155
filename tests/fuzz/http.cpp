// Bytes of clients: through the server's own connections, its gate and its desk, in pieces. Whatever comes, each answer
// is HTTP, nobody gets in who may not, and the connection ends.
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <nlohmann/json.hpp>

#include "connection.hpp"
#include "fuzz.hpp"
#include "hub.hpp"
#include "input.hpp"
#include "small_desk.hpp"

#include <gtest/gtest.h>

namespace tessera::fuzz {
namespace {

namespace http = boost::beast::http;

constexpr std::string_view token = "a-token-of-letters";

web::ServerOptions options_of(bool with_token) {
    web::ServerOptions options;
    if (with_token) options.token = token;
    options.limits.head_bytes = 2000;
    options.limits.body_bytes = 3000;
    options.limits.calls = 3;
    return options;
}

SmallDesk& the_desk() {
    static SmallDesk* const desk = [] {
        web::ServerOptions anywhere;
        anywhere.place.host = "127.0.0.1";
        static web::Server const nobody(anywhere);  // whose numbers /metrics tells
        auto* const made = new SmallDesk;
        made->front().stand_before(nobody);
        return made;
    }();
    return *desk;
}

/// One client, and the server's side of its connection, in this thread.
class Client {
  public:
    explicit Client(bool with_token) : hub_(options_of(with_token)) {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0)
            throw std::runtime_error("no sockets");
        mine_ = ends[0];
        hub_.handler = [](web::Call&& call) { the_desk().front().take(std::move(call)); };
        web::tcp::socket socket(hub_.io);
        socket.assign(web::tcp::v4(), ends[1]);
        hub_.take_in(std::move(socket));
    }
    ~Client() {
        hub_.close_all();
        hub_.io.poll();
        ::close(mine_);
    }
    Client(Client const&) = delete;
    Client& operator=(Client const&) = delete;

    void send(std::string_view bytes) {
        while (!bytes.empty() && !ended_) {
            auto const sent = ::send(mine_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
            bool const closed = sent < 0 && errno != EAGAIN;
            turn();
            if (closed) return;
        }
    }
    /// Says that nothing more comes, and waits for the end; false where there is none.
    bool end() {
        ::shutdown(mine_, SHUT_WR);
        for (int turns = 0; turns < 1000 && !ended_; ++turns)
            turn();
        return ended_;
    }
    std::string const& answers() const { return answers_; }

  private:
    void turn() {
        do {
            hub_.io.restart();
            hub_.io.poll();
        } while (the_desk().work());
        char piece[1 << 16];
        for (;;) {
            auto const got = ::recv(mine_, piece, sizeof piece, 0);
            if (got == 0) ended_ = true;
            if (got <= 0) return;
            answers_.append(piece, static_cast<std::size_t>(got));
        }
    }

    web::Hub hub_;
    int mine_ = -1;
    bool ended_ = false;
    std::string answers_;
};

void expect_sound_body(http::response<http::string_body> const& answer) {
    std::string const type(answer[http::field::content_type]);
    if (type == "application/json" || type == "application/geo+json") {
        EXPECT_TRUE(nlohmann::json::accept(answer.body())) << answer.body();
    }
    if (type != "application/x-ndjson") return;
    std::istringstream lines(answer.body());
    for (std::string line; std::getline(lines, line);)
        EXPECT_TRUE(nlohmann::json::accept(line)) << line;
}

/// All answers, one behind the other. Shape: none is the answer to HEAD, whose body is not there, or a stream.
void expect_sound_answers(std::string_view bytes, bool may_come_in) {
    while (!bytes.empty()) {
        if (bytes.starts_with("HTTP/1.1 100 Continue\r\n\r\n")) {
            bytes.remove_prefix(25);
            continue;
        }
        http::response_parser<http::string_body> parser;
        parser.eager(true);
        parser.body_limit(boost::none);
        boost::system::error_code error;
        std::size_t const used = parser.put(boost::asio::buffer(bytes), error);
        ASSERT_FALSE(error) << error.message() << " of an answer: " << bytes;
        ASSERT_TRUE(parser.is_done()) << "an answer is cut: " << bytes;
        auto const& answer = parser.get();
        int const status = static_cast<int>(answer.result_int());
        EXPECT_FALSE(web::reason_of(status).empty()) << status;
        expect_sound_body(answer);
        bool const is_health = answer.body() == "ok\n" || answer.body() == "ready\n";
        if (!may_come_in && !is_health) {
            EXPECT_GE(status, 400) << "somebody got in: " << bytes;
        }
        bytes.remove_prefix(used);
    }
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// Whether what a client sends could be let in at all.
bool may_come_in(std::string const& sent, bool with_token) {
    if (with_token) return sent.find(token) != std::string::npos;
    std::string const text = lower(sent);
    return text.find("localhost") != std::string::npos || text.find("127.") != std::string::npos ||
           text.find(":1") != std::string::npos;
}

/// What is sent: the body as it stands, with ends of lines as HTTP has them, as targets, or as the body of a request.
std::string make_bytes(unsigned form, std::string_view body) {
    std::string bytes;
    if (form == 0) return std::string(body);
    std::string const headers = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + std::string(token) + "\r\n";
    if (form == 3)
        return "POST /api/requests" + headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
               std::string(body);
    while (!body.empty()) {
        std::string_view const line = body.substr(0, body.find('\n'));
        bool const whole = line.size() < body.size();
        body.remove_prefix(std::min(body.size(), line.size() + 1));
        if (form == 1)
            bytes += std::string(line) + (whole ? "\r\n" : "");
        else
            bytes += "GET " + std::string(line) + headers + "\r\n";
    }
    return bytes;
}

}  // namespace

void try_input(std::string_view raw) {
    Input input(raw);
    unsigned const form = input.choose(4);
    bool const with_token = input.choose(2) == 1;
    constexpr std::size_t steps[] = {100'000, 1, 7, 64, 1000};
    std::size_t const step = input.choose_of(steps);
    std::string const bytes = make_bytes(form, input.body());
    if (step < 64 && bytes.size() > 1000) return;
    Client client(with_token);
    for (std::string_view left = bytes; !left.empty(); left.remove_prefix(std::min(step, left.size())))
        client.send(left.substr(0, step));
    EXPECT_TRUE(client.end()) << "the connection does not end";
    std::string const& answers = client.answers();
    EXPECT_TRUE(answers.empty() || answers.starts_with("HTTP/1.1 ")) << answers;
    bool const plain = bytes.find("HEAD") == std::string::npos && bytes.find("vents") == std::string::npos &&
                       answers.find("event-stream") == std::string::npos;
    if (plain) expect_sound_answers(answers, may_come_in(bytes, with_token));
}

}  // namespace tessera::fuzz

#include "architecture/find_functions.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace tessera::architecture {
namespace {

struct Token {
    std::string text;
    std::size_t line;  ///< from 1
};

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::vector<Token> tokens_of(SourceFile const& file) {
    std::vector<Token> tokens;
    bool directive = false;
    for (std::size_t i = 0; i < file.code.size(); ++i) {
        std::string const& line = file.code[i];
        std::size_t const first = line.find_first_not_of(" \t");
        bool const skip = directive || (first != std::string::npos && line[first] == '#');
        directive = skip && line.ends_with('\\');
        for (std::size_t at = 0; !skip && at < line.size();) {
            std::size_t end = at + 1;
            if (is_word(line[at]))
                while (end < line.size() && is_word(line[end]))
                    ++end;
            if (line[at] != ' ' && line[at] != '\t') tokens.push_back({line.substr(at, end - at), i + 1});
            at = end;
        }
    }
    return tokens;
}

class Reader {
  public:
    explicit Reader(SourceFile const& file) : file_(file), tokens_(tokens_of(file)) {}

    std::vector<Function> run() {
        while (more())
            read_scope(false);
        return std::move(functions_);
    }

  private:
    bool more() const { return at_ < tokens_.size(); }
    std::string_view now() const { return more() ? std::string_view(tokens_[at_].text) : std::string_view(); }
    bool is(std::string_view text) const { return now() == text; }
    bool next_is(std::string_view text) const { return at_ + 1 < tokens_.size() && tokens_[at_ + 1].text == text; }

    /// From an opening bracket to behind its partner.
    void skip(std::string_view open, std::string_view close) {
        std::size_t depth = 0;
        do {
            if (is(open)) ++depth;
            if (is(close)) --depth;
            ++at_;
        } while (more() && depth > 0);
    }
    /// To behind the end of a declaration, bodies and initialisers included.
    void skip_declaration(bool body_ends_it) {
        while (more() && !is(";")) {
            if (is("(")) {
                skip("(", ")");
            } else if (is("{")) {
                skip("{", "}");
                if (body_ends_it && !is(";")) return;
            } else if (is("}")) {
                return;
            } else {
                ++at_;
            }
        }
        if (is(";")) ++at_;
    }
    void skip_template_head() {
        while (is("template")) {
            ++at_;
            skip("<", ">");
            if (!is("requires")) continue;
            do {
                ++at_;  // "requires", or the second & or | of an operator
                while (is("&") || is("|") || is("!"))
                    ++at_;
                if (is("(")) {
                    skip("(", ")");
                } else {
                    while (more() && (is_word(now()[0]) || is(":"))) {
                        ++at_;
                        if (is("<")) {
                            skip("<", ">");
                            if (!is(":")) break;
                        }
                        if (!is(":") && tokens_[at_ - 1].text != ":") break;
                    }
                }
            } while (is("&") || is("|"));
        }
    }

    /// Declarations up to the scope's closing brace, or to the end.
    void read_scope(bool in_class) {
        while (more()) {
            if (is("}")) {
                ++at_;
                return;
            }
            if (is(";"))
                ++at_;
            else if ((is("public") || is("private") || is("protected")) && next_is(":"))
                at_ += 2;
            else if (is("namespace") || (is("inline") && next_is("namespace")))
                read_namespace();
            else
                read_declaration(in_class);
        }
    }
    void read_namespace() {
        while (more() && !is("{") && !is(";"))
            ++at_;
        if (is("{")) {
            ++at_;
            read_scope(false);
        }
    }

    void read_declaration(bool in_class) {
        std::size_t const first_line = tokens_[at_].line;
        // what a specialisation does, its primary template's comment says
        if (is("template") && next_is("<") && tokens_[std::min(at_ + 2, tokens_.size() - 1)].text == ">") {
            at_ += 3;
            return skip_declaration(true);
        }
        skip_template_head();
        if (is("friend")) return skip_declaration(true);
        if (is("using") || is("typedef") || is("static_assert") || is("concept")) return skip_declaration(false);
        std::string name;
        while (more()) {
            if (is("[")) {
                skip("[", "]");
            } else if (is("<")) {
                skip("<", ">");
            } else if (is("alignas") || is("decltype") || (is("explicit") && next_is("("))) {
                ++at_;
                if (is("(")) skip("(", ")");
            } else if (is("class") || is("struct") || is("union") || is("enum")) {
                return read_type();
            } else if (is("operator")) {
                name = "operator";
                ++at_;
                if (is("(")) at_ += 2;  // the call operator's own brackets
                while (more() && !is("("))
                    ++at_;
            } else if (is("(")) {
                return read_function(name, first_line, in_class);
            } else if (is("=") || is("{") || is(";") || is("}")) {
                return skip_declaration(false);  // a variable
            } else {
                name = now();
                ++at_;
            }
        }
    }
    void read_type() {
        bool const is_enum = is("enum");
        while (more() && !is("{") && !is(";")) {
            if (is("<"))
                skip("<", ">");
            else
                ++at_;
        }
        if (!is("{")) return;
        if (is_enum) return skip("{", "}");
        ++at_;
        read_scope(true);
    }
    void read_function(std::string const& name, std::size_t first_line, bool in_class) {
        Function function{name, first_line, doc_above(first_line), "", "", in_class, name == "operator"};
        std::size_t const open = at_;
        skip("(", ")");
        std::size_t depth = 0;
        bool first = true;
        for (std::size_t i = open + 1; i + 1 < at_; ++i) {
            std::string const& text = tokens_[i].text;
            if (text == "(" || text == "<" || text == "[" || text == "{") ++depth;
            bool const attribute = text == "[" || text == "]" || text == "maybe_unused";
            if (text == "," && depth == 0) first = false;
            if (!attribute) (first ? function.first_parameter : function.other_parameters) += text + " ";
            if (text == ")" || text == ">" || text == "]" || text == "}") --depth;
        }
        skip_declaration(true);
        std::size_t const last_line = tokens_[at_ - 1].line;
        if (function.doc.empty() && last_end_ + 1 == first_line) function.doc = last_doc_;
        last_end_ = last_line;
        last_doc_ = function.doc;
        functions_.push_back(std::move(function));
    }

    std::string doc_above(std::size_t line) const {
        std::string doc;
        for (std::size_t i = line - 1; i-- > 0;) {
            std::size_t const first = file_.lines[i].find_first_not_of(' ');
            if (first == std::string::npos || file_.lines[i].compare(first, 3, "///") != 0) break;
            doc.insert(0, file_.lines[i].substr(first + 3) + "\n");
        }
        return doc;
    }

    SourceFile const& file_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::size_t last_end_ = 0;
    std::string last_doc_;
    std::vector<Function> functions_;
};

}  // namespace

std::vector<Function> find_functions(SourceFile const& header) {
    return Reader(header).run();
}

}  // namespace tessera::architecture

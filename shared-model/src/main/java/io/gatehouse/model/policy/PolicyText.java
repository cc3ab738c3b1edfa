package io.gatehouse.model.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of a policy with its variables, as {@code arn:aws:apigateway:*::/tags/${aws:username}}.
 * What a variable stands for never counts as a wildcard. A text with a variable that the request
 * does not give, and that has no default, stands for nothing.
 */
final class PolicyText {

  private static final Pattern VARIABLE =
      Pattern.compile("\\s*([A-Za-z0-9:/._=@+-]+)\\s*(?:,\\s*'([^']*)'\\s*)?");

  private sealed interface Part {}

  private record Fixed(String text) implements Part {}

  /** A star, question mark or dollar sign that is just that. */
  private record Escaped(String text) implements Part {}

  private record Variable(String key, Optional<String> otherwise) implements Part {

    /** Spends as many steps as the value has characters, for it will be copied. */
    Optional<String> value(PolicyRequest request) {
      Optional<String> value = request.value(PolicyContext.lowerCase(key)).or(() -> otherwise);
      value.ifPresent(text -> request.spend(text.length()));
      return value;
    }
  }

  private final List<Part> parts;
  private final Optional<Glob> constantGlob;
  private final Optional<String> constantText;

  private PolicyText(List<Part> parts) {
    this.parts = List.copyOf(parts);
    this.constantGlob = hasVariables() ? Optional.empty() : filledGlob(null);
    this.constantText = hasVariables() ? Optional.empty() : filledText(null);
  }

  /** A text that is taken as it is, dollar signs included. */
  static PolicyText plain(String text) {
    return new PolicyText(List.of(new Fixed(text)));
  }

  /**
   * @throws IllegalArgumentException with a sentence about the bad variable
   */
  static PolicyText withVariables(String text) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
      int end = text.indexOf('}', at);
      if (end < 0) {
        throw new IllegalArgumentException("the variable at character " + (at + 1) + " has no }");
      }
      parts.add(new Fixed(text.substring(from, at)));
      parts.add(variable(text.substring(at + 2, end)));
      from = end + 1;
    }
    parts.add(new Fixed(text.substring(from)));
    return new PolicyText(parts);
  }

  private static Part variable(String inside) {
    if (inside.equals("*") || inside.equals("?") || inside.equals("$")) {
      return new Escaped(inside);
    }
    Matcher form = VARIABLE.matcher(inside);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'${" + inside + "}' is no variable: write ${aws:username} or ${aws:username, 'nobody'}");
    }
    return new Variable(form.group(1), Optional.ofNullable(form.group(2)));
  }

  boolean hasVariables() {
    return parts.stream().anyMatch(part -> part instanceof Variable);
  }

  void addKeys(Set<String> keys) {
    for (Part part : parts) {
      if (part instanceof Variable variable) {
        keys.add(variable.key());
      }
    }
  }

  /**
   * With its variables filled in; stars are stars.
   *
   * @param request null for a text without variables
   */
  Optional<String> text(PolicyRequest request) {
    return constantText.isPresent() ? constantText : filledText(request);
  }

  private Optional<String> filledText(PolicyRequest request) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Fixed fixed -> text.append(fixed.text());
        case Escaped escaped -> text.append(escaped.text());
        case Variable variable -> {
          Optional<String> value = variable.value(request);
          if (value.isEmpty()) {
            return Optional.empty();
          }
          text.append(value.get());
        }
      }
    }
    return Optional.of(text.toString());
  }

  /**
   * With its variables filled in; stars outside of them are wildcards.
   *
   * @param request null for a text without variables
   */
  Optional<Glob> glob(PolicyRequest request) {
    return constantGlob.isPresent() ? constantGlob : filledGlob(request);
  }

  private Optional<Glob> filledGlob(PolicyRequest request) {
    Glob.Parts glob = new Glob.Parts();
    for (Part part : parts) {
      switch (part) {
        case Fixed fixed -> glob.pattern(fixed.text());
        case Escaped escaped -> glob.literal(escaped.text());
        case Variable variable -> {
          Optional<String> value = variable.value(request);
          if (value.isEmpty()) {
            return Optional.empty();
          }
          glob.literal(value.get());
        }
      }
    }
    return Optional.of(glob.glob());
  }
}

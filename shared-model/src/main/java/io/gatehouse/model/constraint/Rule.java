package io.gatehouse.model.constraint;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What one member must satisfy. */
sealed interface Rule {

  /** The sentence for a value that does not satisfy it. */
  Optional<String> complaint(Optional<Object> value);

  /** The member must be there. */
  record Required() implements Rule {
    @Override
    public Optional<String> complaint(Optional<Object> value) {
      return value.isPresent() ? Optional.empty() : Optional.of("Member must not be null");
    }
  }

  /** The member must be one of these; their order is the vendor's and shows in the sentence. */
  record OneOf(List<String> values) implements Rule {
    @Override
    public Optional<String> complaint(Optional<Object> value) {
      return value.isEmpty() || values.contains(value.get().toString())
          ? Optional.empty()
          : Optional.of("Member must satisfy enum value set: " + values);
    }
  }

  /** The number, or the length of the text, must lie between. */
  record Between(long least, long most) implements Rule {
    @Override
    public Optional<String> complaint(Optional<Object> value) {
      if (value.isEmpty()) {
        return Optional.empty();
      }
      boolean number = value.get() instanceof Number;
      long size = number ? ((Number) value.get()).longValue() : value.get().toString().length();
      String what = number ? "have value" : "have length";
      if (size < least) {
        return Optional.of("Member must %s greater than or equal to %d".formatted(what, least));
      }
      return size > most
          ? Optional.of("Member must %s less than or equal to %d".formatted(what, most))
          : Optional.empty();
    }
  }

  /** The whole text must match. */
  record Matching(Pattern pattern) implements Rule {
    @Override
    public Optional<String> complaint(Optional<Object> value) {
      return value.isEmpty() || pattern.matcher(value.get().toString()).matches()
          ? Optional.empty()
          : Optional.of("Member must satisfy regular expression pattern: " + pattern);
    }
  }
}

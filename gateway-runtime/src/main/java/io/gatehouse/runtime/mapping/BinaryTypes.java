package io.gatehouse.runtime.mapping;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The media types of an API whose content is bytes, not text ({@code binaryMediaTypes}). {@code
 * image/*} stands for all subtypes and {@code *}{@code /*} for everything; {@code *}{@code /png}
 * matches nothing, as on the vendor's.
 */
public final class BinaryTypes {

  private final Set<String> exact = new HashSet<>();
  private final Set<String> wholeTypes = new HashSet<>();
  private final boolean everything;

  public BinaryTypes(Collection<String> mediaTypes) {
    for (String mediaType : mediaTypes) {
      String type = mediaType.strip().toLowerCase(Locale.ROOT);
      if (type.endsWith("/*")) {
        wholeTypes.add(type.substring(0, type.length() - 1));
      } else {
        exact.add(type);
      }
    }
    everything = wholeTypes.contains("*/");
  }

  public boolean isEmpty() {
    return exact.isEmpty() && wholeTypes.isEmpty();
  }

  /**
   * @param field a Content-Type header, or null
   */
  boolean contains(String field) {
    if (everything) {
      return true;
    }
    if (field == null || isEmpty()) {
      return false;
    }
    String type = MediaType.of(field);
    return exact.contains(type) || wholeTypes.contains(type.substring(0, type.indexOf('/') + 1));
  }

  /** Whether the first media type of a request's Accept headers is one of these. */
  boolean accepted(List<String> accept) {
    if (everything) {
      return true;
    }
    if (accept.isEmpty()) {
      return false;
    }
    String first = accept.getFirst();
    int comma = first.indexOf(',');
    return contains(comma < 0 ? first : first.substring(0, comma));
  }
}

package io.gatehouse.admin.store;

import io.gatehouse.model.wire.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One page of a listing; the position, if there is one, asks for the next page.
 *
 * @param position opaque to callers: the place of the page's last row, or of the next page's first
 */
public record Page<T>(List<T> items, Optional<String> position) {

  private static final int DEFAULT_LIMIT = 25;
  private static final int MAX_LIMIT = 500;

  /**
   * What the vendor's list requests carry; both members may be null, as the SDK's requests leave
   * them.
   */
  public record Ask(String position, Integer limit) {

    /** From the start, as many as a page holds by default. */
    public static Ask first() {
      return new Ask(null, null);
    }

    /** The vendor tolerates -1 and the like. */
    int size() {
      return limit == null || limit < 1 ? DEFAULT_LIMIT : Math.min(limit, MAX_LIMIT);
    }

    /** The row to go on after, or the value that stands before all rows. */
    long after(long beforeAll) {
      if (position == null || position.isEmpty()) {
        return beforeAll;
      }
      try {
        return Long.parseLong(
            new String(Base64.getUrlDecoder().decode(position), StandardCharsets.US_ASCII));
      } catch (IllegalArgumentException e) {
        throw invalidPosition();
      }
    }
  }

  public Page {
    items = List.copyOf(items);
  }

  /** A page of rows, of which one more was read than the page holds. */
  static <T> Page<T> of(List<T> oneMore, Ask ask, ToLongFunction<T> place) {
    if (oneMore.size() <= ask.size()) {
      return new Page<>(oneMore, Optional.empty());
    }
    List<T> items = oneMore.subList(0, ask.size());
    String last = Long.toString(place.applyAsLong(items.getLast()));
    return new Page<>(items, Optional.of(encoded(last)));
  }

  /**
   * A page of things that are all at hand; its position names the first thing of the next page.
   *
   * @param id tells the things apart
   * @throws ApiError bad request, when what the position names is gone
   */
  public static <T> Page<T> within(List<T> all, Ask ask, Function<T, String> id) {
    int start = 0;
    if (ask.position() != null && !ask.position().isEmpty()) {
      start = all.stream().map(id).map(Page::encoded).toList().indexOf(ask.position());
      if (start < 0) {
        throw invalidPosition();
      }
    }
    int end = Math.min(all.size(), start + ask.size());
    return new Page<>(
        all.subList(start, end),
        end < all.size() ? Optional.of(encoded(id.apply(all.get(end)))) : Optional.empty());
  }

  public <R> Page<R> map(Function<T, R> change) {
    return new Page<>(items.stream().map(change).toList(), position);
  }

  private static String encoded(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  private static ApiError invalidPosition() {
    return ApiError.badRequest("Invalid position specified: it must come from an earlier page");
  }
}

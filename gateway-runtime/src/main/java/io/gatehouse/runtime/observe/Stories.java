package io.gatehouse.runtime.observe;

import io.gatehouse.runtime.exchange.Exchange;
import jakarta.json.JsonObject;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why the last refused or failed requests were: found by the id that the caller was given in {@code
 * x-amzn-RequestId}. Bodies, header values and queries are not in it. Kept in memory, the oldest
 * making way.
 */
public final class Stories implements Observer {

  /**
   * Of all stories together: one that is long takes room from the logs of others, not from them.
   */
  private static final long MOST_LOG_CHARACTERS = 16 << 20;

  private final RecentBytes stories;

  /** What functions wrote, by request id; guarded by itself. */
  private final Map<String, List<String>> functionLogs = new LinkedHashMap<>();

  private long logCharacters;

  /**
   * @param most bytes of the stories that are kept; one takes about 300
   */
  public Stories(int most) {
    this.stories = new RecentBytes(most);
  }

  @Override
  public void over(Exchange x, long endNanos, long bytesSent) {
    if (x.refusal() == null) {
      return;
    }
    stories.add(x.id(), Story.encode(x, endNanos));
    List<String> written = x.functionLog() == null ? List.of() : x.functionLog().lines();
    if (!written.isEmpty()) {
      synchronized (functionLogs) {
        functionLogs.put(x.id(), written);
        logCharacters += characters(written);
        forgetOldLogs();
      }
    }
  }

  private void forgetOldLogs() {
    Iterator<List<String>> oldest = functionLogs.values().iterator();
    while (logCharacters > MOST_LOG_CHARACTERS) {
      logCharacters -= characters(oldest.next());
      oldest.remove();
    }
  }

  private static long characters(List<String> lines) {
    return lines.stream().mapToLong(String::length).sum();
  }

  /** The story of a request, empty when it was not refused or is not remembered. */
  public Optional<JsonObject> of(String requestId) {
    return stories.find(requestId).map(story -> Story.json(requestId, story, logOf(requestId)));
  }

  private List<String> logOf(String requestId) {
    synchronized (functionLogs) {
      return functionLogs.getOrDefault(requestId, List.of());
    }
  }
}

package io.gatehouse.model.observed;

import java.util.List;

/**
 * All that is kept of one request: execution log, access log and the story of its answer are views
 * of it. What is secret was masked before it was made.
 *
 * @param time at which the request came, in epoch milliseconds
 * @param steps that it went through, in order
 * @param execution the lines of its execution log; empty where none are written
 * @param access its line of the access log; null where the stage has no format for it
 */
public record RequestRecord(
    String requestId,
    String extendedRequestId,
    String xrayTraceId,
    long time,
    Place place,
    Call call,
    Answer answer,
    List<Step> steps,
    Level level,
    List<Line> execution,
    String access) {

  public RequestRecord {
    steps = List.copyOf(steps);
    execution = List.copyOf(execution);
  }

  /** Why there is a record. */
  public enum Level {
    /** The gateway refused the request or failed, or the answer's status is 500 or more. */
    ERROR,
    /** Execution logs of every request are wanted. */
    INFO,
    /** For the access log alone. */
    ACCESS
  }

  /**
   * What served it.
   *
   * @param canary whether the stage's canary did
   * @param resourceId null where no method was found, as {@code resourcePath}
   */
  public record Place(
      String accountId,
      String apiId,
      String stage,
      boolean canary,
      String deploymentId,
      String resourceId,
      String resourcePath) {

    /** The account of requests that reached no API. */
    public static final String NOBODY = "000000000000";

    /** Of a request that reached no API. */
    public static final Place OF_NOBODY = new Place(NOBODY, "", "", false, "", null, null);
  }

  /**
   * What was asked, and by whom.
   *
   * @param path as the caller sent it, without its query
   * @param apiKeyId null where no API key was used up
   */
  public record Call(String httpMethod, String path, String ip, String apiKeyId) {}

  /**
   * What the caller got.
   *
   * @param refusal null where the integration's answer went out
   * @param integration null where none was called
   * @param cache what the response cache had, as {@code HIT}; null where it had no part
   * @param length of the body, in bytes
   */
  public record Answer(
      int status,
      Refusal refusal,
      long latencyMicros,
      Integration integration,
      String cache,
      long length) {}

  /**
   * Why the gateway answered by itself.
   *
   * @param reason the cause's code
   * @param because the cause in words
   * @param responseType as the vendor names the gateway response
   * @param detail what exactly was wrong; null where there is no more to say
   */
  public record Refusal(String reason, String because, String responseType, String detail) {}

  /**
   * The part of the integration.
   *
   * @param status 0 where it gave none
   */
  public record Integration(long latencyMicros, int status) {}

  /** A step and how long it took. */
  public record Step(String step, long micros) {}

  /**
   * A line of an execution log.
   *
   * @param time in epoch milliseconds
   * @param text begins with the request's id in parentheses
   */
  public record Line(long time, String text) {}

  /** As one JSON object in UTF-8, without line breaks. */
  public byte[] toJson() {
    return new RecordWriter(this).bytes();
  }

  /**
   * @throws IllegalArgumentException when the bytes are none that {@link #toJson} has made, with a
   *     sentence that names the member
   */
  public static RequestRecord fromJson(byte[] json) {
    return RecordReader.read(json);
  }
}

package io.gatehouse.runtime.backend;

import io.gatehouse.model.aws.AwsKeys;
import io.gatehouse.runtime.backend.AssumedRole.Question;
import io.gatehouse.runtime.backend.AssumedRole.Session;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Gathering;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.xml.InvalidXml;
import io.gatehouse.runtime.xml.QueryXml;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One AssumeRole of STS, in the query protocol. What goes wrong is told with the service's own
 * code, and with nothing else of its answer.
 */
final class AssumeRoleCall implements Backend.Reply, Gathering {

  static final int TIMEOUT_MILLIS = 5_000;

  private static final int MOST_BYTES = 64 << 10;
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.:_-]{1,100}");

  private final Question question;
  private final InstantSource clock;
  private final Promise<Session> answer = Promise.promise();
  private int status;

  private AssumeRoleCall(Question question, InstantSource clock) {
    this.question = question;
    this.clock = clock;
  }

  /**
   * @param sts signs and sends
   */
  static Future<Session> make(Question question, Backend sts, InstantSource clock) {
    AssumeRoleCall call = new AssumeRoleCall(question, clock);
    sts.call(null, request(question), call);
    return call.answer.future();
  }

  private static BackendRequest request(Question question) {
    StringBuilder form = new StringBuilder("Action=AssumeRole&Version=2011-06-15");
    form.append("&RoleArn=").append(encoded(question.role()));
    form.append("&RoleSessionName=gatehouse-").append(encoded(question.account()));
    question.externalId().ifPresent(id -> form.append("&ExternalId=").append(encoded(id)));
    HeaderList headers =
        new HeaderList()
            .add("Accept", "application/xml")
            .add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    byte[] body = form.toString().getBytes(StandardCharsets.US_ASCII);
    return new BackendRequest("POST", "/", headers, new Body.Bytes(body), null);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void answer(BackendResponse response) {
    status = response.status();
    response.body().gather(this);
  }

  @Override
  public void fail(GatewayException failure) {
    String detail = failure.detail() == null ? "" : ": " + failure.detail();
    answer.tryFail(failed(failure.reason() + detail));
  }

  @Override
  public void whole(byte[] content) {
    Map<?, ?> document;
    try {
      document = QueryXml.parse(content, Budget.of(MOST_BYTES));
    } catch (InvalidXml e) {
      document = Map.of();
    }
    if (status == 200) {
      session(document)
          .ifPresentOrElse(
              answer::tryComplete,
              () -> answer.tryFail(failed("its answer has no keys that are good for a while")));
    } else {
      answer.tryFail(refused(code(document)));
    }
  }

  private Optional<Session> session(Map<?, ?> document) {
    Map<?, ?> result = map(map(document.get("AssumeRoleResponse")).get("AssumeRoleResult"));
    Map<?, ?> keys = map(result.get("Credentials"));
    if (keys.get("AccessKeyId") instanceof String id
        && keys.get("SecretAccessKey") instanceof String secret
        && keys.get("SessionToken") instanceof String token
        && keys.get("Expiration") instanceof String until
        && isVisible(id)
        && !secret.isEmpty()
        && isVisible(token)) {
      try {
        Instant expiration = Instant.parse(until);
        return expiration.isAfter(clock.instant())
            ? Optional.of(new Session(new AwsKeys(id, secret, Optional.of(token)), expiration))
            : Optional.empty();
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Whether a header can have it. */
  private static boolean isVisible(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static String code(Map<?, ?> document) {
    Object code = map(map(document.get("ErrorResponse")).get("Error")).get("Code");
    return code instanceof String text && CODE.matcher(text).matches() ? text : "no code";
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private GatewayException refused(String code) {
    if (status >= 500) {
      return failed("it answered " + status + " " + code);
    }
    return GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.ASSUME_ROLE_REFUSED)
        .with("STS refused to let " + question.role() + " be assumed: " + status + " " + code);
  }

  private GatewayException failed(String why) {
    return GatewayException.of(
            ResponseType.INTEGRATION_FAILURE,
            500,
            "Internal server error",
            Reason.ASSUME_ROLE_FAILED)
        .with("STS gave no keys of " + question.role() + ": " + why);
  }

  @Override
  public long most() {
    return MOST_BYTES;
  }

  @Override
  public void piece(int bytes) {
    // held only until it is read
  }

  @Override
  public void failed(GatewayException failure) {
    answer.tryFail(failure);
  }

  @Override
  public GatewayException tooLarge() {
    return failed("its answer is longer than " + MOST_BYTES + " bytes");
  }

  @Override
  public GatewayException broken(Throwable cause) {
    return failed("its answer ended too soon");
  }

  @Override
  public GatewayException late() {
    return failed("its answer did not end in time");
  }
}

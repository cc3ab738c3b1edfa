package io.gatehouse.runtime.auth;

import io.gatehouse.model.policy.PolicyContext;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.StageAccess;
import io.gatehouse.runtime.exchange.VpcEndpoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The condition keys that every request has, whoever makes it. What a private API's caller has is
 * {@code aws:VpcSourceIp} and no {@code aws:SourceIp}, as with the vendor.
 */
final class RequestContext implements PolicyContext {

  private static final long MILLIS = 1000;

  private final Exchange x;
  private final StageAccess stage;

  RequestContext(Exchange x, StageAccess stage) {
    this.x = x;
    this.stage = stage;
  }

  @Override
  public List<String> values(String key) {
    Request request = x.request();
    VpcEndpoint endpoint = request.endpoint();
    return switch (key) {
      case "aws:sourceip" -> stage.closed() ? List.of() : List.of(request.remoteAddress());
      case "aws:vpcsourceip" -> endpoint == null ? List.of() : List.of(request.remoteAddress());
      case "aws:sourcevpce" -> endpoint == null ? List.of() : List.of(endpoint.id());
      case "aws:sourcevpc" ->
          endpoint == null || endpoint.vpcId() == null ? List.of() : List.of(endpoint.vpcId());
      case "aws:currenttime" -> List.of(second().toString());
      case "aws:epochtime" -> List.of(Long.toString(x.startMillis() / MILLIS));
      case "aws:securetransport" -> List.of(Boolean.toString(request.scheme().equals("https")));
      case "aws:useragent" -> request.headers().all("User-Agent");
      case "aws:referer" -> request.headers().all("Referer");
      case "aws:requestedregion" -> List.of(stage.region());
      case "aws:resourceaccount" -> List.of(stage.account());
      case "aws:viaawsservice", "aws:principalisawsservice" -> List.of("false");
      default -> List.of();
    };
  }

  private Instant second() {
    return Instant.ofEpochMilli(x.startMillis()).truncatedTo(ChronoUnit.SECONDS);
  }
}

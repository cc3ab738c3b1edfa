package io.gatehouse.runtime.observe;

import io.gatehouse.model.aws.ExecutionLog;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.ResponseType;
import java.time.Instant;
import java.time.InstantSource;

/** The story of a tried authorizer in the vendor's words. */
public final class AuthorizerLog {

  private final String requestId;
  private final ExecutionLog log;
  private final InstantSource clock;

  public AuthorizerLog(String requestId, String authorizerId, InstantSource clock) {
    this.requestId = requestId;
    this.log = new ExecutionLog(requestId);
    this.clock = clock;
    line("Starting authorizer: " + authorizerId + " for request: " + requestId);
  }

  /**
   * @param shown what the caller says of itself, masked
   */
  public void identity(String shown) {
    line("Incoming identity: " + shown);
  }

  /**
   * @param asked the exchange with the authorizer's function
   */
  public void asked(Exchange asked, String address) {
    Secrets secrets = Secrets.of(asked);
    if (asked.hasBackendRequest()) {
      new EndpointLines(secrets, true, this::line)
          .request(asked.startMillis(), address, asked.backendRequest());
    }
    if (asked.functionLog() != null) {
      asked.functionLog().lines().forEach(written -> line("Function log: " + written));
    }
    if (asked.hasBackendResponse()) {
      line(
          "Authorizer result body before parsing: " + secrets.body(asked.backendResponse().body()));
    }
  }

  public void allowed(String principalId) {
    line("Using valid authorizer policy for principal: " + ExecutionLog.masked(principalId));
    line("Successfully completed authorizer execution");
  }

  /**
   * @param subject of the token
   */
  public void letIn(String subject) {
    line("Using valid token of a user pool for: " + ExecutionLog.masked(subject));
    line("Successfully completed authorizer execution");
  }

  /** Why not, in two lines as the vendor's, the second of which names the type. */
  public void refused(GatewayException refusal) {
    if (refusal.type() == ResponseType.UNAUTHORIZED) {
      line("Unauthorized request: " + requestId);
      line(refusal.answer());
      return;
    }
    String detail = refusal.detail() == null ? "" : ": " + refusal.detail();
    line("Execution failed due to configuration error: " + refusal.reason().text() + detail);
    line(refusal.type().errorType());
  }

  private void line(String text) {
    log.line(clock.instant(), text);
  }

  private void line(long millis, String text) {
    log.line(Instant.ofEpochMilli(millis), text);
  }

  public String text() {
    return log.text();
  }
}

package io.gatehouse.runtime.exchange;

import java.util.function.Consumer;

/**
 * One invocation of a function of this installation.
 *
 * @param function its name, or its ARN with or without a qualifier
 * @param qualifier a version or alias; empty for what the name itself says
 * @param payload JSON
 * @param clientContext base64, as its caller sent it; empty for none
 * @param invoker who asks
 * @param timeoutMillis how long the caller waits; the function's own timeout may be shorter
 * @param wantsLogTail whether the answer carries the log's last 4 KB, {@code X-Amz-Log-Result}
 * @param log takes the lines that the function writes while it runs
 */
public record FunctionCall(
    String account,
    String function,
    String qualifier,
    byte[] payload,
    String clientContext,
    Kind kind,
    Invoker invoker,
    String traceId,
    int timeoutMillis,
    boolean wantsLogTail,
    Consumer<String> log) {

  /** The same with another taker of lines. */
  public FunctionCall logging(Consumer<String> taker) {
    return new FunctionCall(
        account,
        function,
        qualifier,
        payload,
        clientContext,
        kind,
        invoker,
        traceId,
        timeoutMillis,
        wantsLogTail,
        taker);
  }

  public enum Kind {
    REQUEST_RESPONSE,
    EVENT
  }

  /** Who asks, and so what has to allow it. */
  public sealed interface Invoker {

    /** A caller whom the control plane has let through. */
    record Trusted() implements Invoker {}

    /** An integration with credentials: the role's policy has to allow it. */
    record Role(String arn) implements Invoker {}

    /**
     * An integration without: the function's policy has to allow the vendor's own principal,
     * apigateway.amazonaws.com.
     *
     * @param sourceArn of the method, as {@code
     *     arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/GET/pets}
     */
    record Service(String sourceArn) implements Invoker {}
  }
}

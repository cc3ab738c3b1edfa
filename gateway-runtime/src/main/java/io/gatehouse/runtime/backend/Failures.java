package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What becomes of a call when its connection, or what came over it, is no good. */
final class Failures {

  /** Of HTTP/2: the backend has not looked at the request. */
  private static final long REFUSED_STREAM = 7;

  private static final String INTERNAL = "Internal server error";

  private Failures() {}

  static GatewayException resolving(Throwable cause) {
    return cause instanceof GatewayException failure ? failure : network(null);
  }

  /** The account has as many calls under way as it may. */
  static GatewayException share() {
    return GatewayException.of(
        ResponseType.INTEGRATION_FAILURE,
        503,
        "Service Unavailable",
        Reason.BACKEND_CALLS_OF_ACCOUNT);
  }

  static GatewayException connecting(Throwable cause) {
    if (cause instanceof ConnectionPoolTooBusyException) {
      return GatewayException.of(
          ResponseType.INTEGRATION_FAILURE, 503, "Service Unavailable", Reason.BACKEND_BUSY);
    }
    if (isOfTls(cause)) {
      return tls(cause);
    }
    if (cause instanceof TimeoutException) {
      return GatewayException.of(ResponseType.INTEGRATION_TIMEOUT, Reason.BACKEND_TIMEOUT);
    }
    // Recorded: a refused connection answers 500, a connection lost on the way 504.
    return cause instanceof ConnectException
        ? internal(Reason.BACKEND_UNREACHABLE).with("no connection: " + cause.getMessage())
        : network(cause);
  }

  /** A connection failed after a request was begun on it. */
  static GatewayException broken(Throwable cause) {
    if (cause instanceof InvalidAnswer invalid) {
      return invalid(invalid.reason(), invalid.getMessage());
    }
    if (isOfTls(cause)) {
      return tls(cause);
    }
    if (cause instanceof TooLongFrameException) {
      return invalid(
          Reason.BACKEND_ANSWER_HEAD_TOO_LARGE,
          "the status line of an answer may have "
              + BackendCodec.MOST_LINE_BYTES
              + " bytes, and its headers "
              + BackendCodec.MOST_HEAD_BYTES);
    }
    if (cause instanceof StreamResetException reset) {
      return GatewayException.of(ResponseType.INTEGRATION_FAILURE, Reason.BACKEND_STREAM_RESET)
          .with("the backend reset the stream with code " + reset.getCode());
    }
    if (isOfSyntax(cause)) {
      String message = String.valueOf(cause.getMessage());
      return message.startsWith("Multiple Content-Length")
          ? invalid(Reason.BACKEND_ANSWER_AMBIGUOUS, "the answer has two Content-Lengths")
          : invalid(
              Reason.BACKEND_INVALID_ANSWER,
              "the answer is not valid HTTP: " + cause.getClass().getSimpleName() + " " + message);
    }
    return network(cause);
  }

  /** Null where a body just ended too soon. */
  static GatewayException body(Throwable cause) {
    if (cause instanceof InvalidAnswer || isOfSyntax(cause)) {
      return invalid(
          Reason.BACKEND_BODY_INVALID,
          "the body of the answer is not well formed: " + cause.getMessage());
    }
    return cause instanceof StreamResetException reset
        ? invalid(
            Reason.BACKEND_BODY_INVALID,
            "the backend reset the stream within its answer, with code " + reset.getCode())
        : null;
  }

  static GatewayException status(int status) {
    return status == 101
        ? invalid(
            Reason.BACKEND_SWITCHES_PROTOCOLS,
            "the backend answers 101 and nobody asked for another protocol")
        : invalid(Reason.BACKEND_INVALID_ANSWER, "no answer has the status " + status);
  }

  /** Whether the failure says something about the address. */
  static boolean isOfConnection(GatewayException failure) {
    return switch (failure.reason()) {
      case BACKEND_UNREACHABLE, BACKEND_TLS_FAILED -> true;
      default -> false;
    };
  }

  /**
   * Whether the request may be sent once more: when no backend has worked on it, or it may as well
   * do so twice. What was answered, however badly, is not asked again.
   */
  static boolean mayRetry(Throwable cause, boolean repeatable) {
    if (cause instanceof StreamResetException reset && reset.getCode() == REFUSED_STREAM) {
      return true;
    }
    return repeatable
        && !(cause instanceof InvalidAnswer)
        && !(cause instanceof PrematureChannelClosureException)
        && !isOfSyntax(cause)
        && !isOfTls(cause);
  }

  private static boolean isOfSyntax(Throwable cause) {
    return cause instanceof DecoderException
        || cause instanceof Http2Exception
        || cause instanceof IllegalArgumentException
        || cause instanceof IllegalStateException;
  }

  private static boolean isOfTls(Throwable cause) {
    return cause instanceof SSLException
        || cause instanceof NotSslRecordException
        || cause instanceof DecoderException && cause.getCause() instanceof SSLException;
  }

  private static GatewayException tls(Throwable cause) {
    Throwable inner = cause;
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof RefusedCertificate refused) {
        return internal(refused.reason()).with(refused.getMessage());
      }
      inner = at;
    }
    String why =
        inner instanceof NotSslRecordException
            ? "the backend does not speak TLS on this port"
            : inner instanceof SslHandshakeTimeoutException
                ? "the handshake took too long"
                : inner instanceof IOException && !(inner instanceof SSLException)
                    ? "the backend closed the connection in the handshake"
                    : inner.getMessage();
    return internal(Reason.BACKEND_TLS_FAILED).with("no TLS connection: " + why);
  }

  private static GatewayException internal(Reason reason) {
    return GatewayException.of(ResponseType.INTEGRATION_FAILURE, 500, INTERNAL, reason);
  }

  private static GatewayException invalid(Reason reason, String detail) {
    return GatewayException.of(ResponseType.INTEGRATION_FAILURE, 502, INTERNAL, reason)
        .with(detail);
  }

  private static GatewayException network(Throwable cause) {
    return GatewayException.of(ResponseType.INTEGRATION_FAILURE, Reason.BACKEND_UNREACHABLE)
        .with("the connection was lost" + (cause == null ? "" : ": " + cause.getMessage()));
  }
}

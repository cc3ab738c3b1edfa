package io.gatehouse.runtime.auth;

import io.gatehouse.model.aws.Authorization;
import io.gatehouse.model.aws.HttpHead;
import io.gatehouse.model.aws.Payload;
import io.gatehouse.model.aws.SigV4;
import io.gatehouse.model.aws.Signature;
import io.gatehouse.model.policy.Decision;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Headers;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.StageAccess;
import io.gatehouse.runtime.pipeline.Workers;
import java.time.Instant;

/**
 * Of AWS_IAM: the request's signature says who calls, then the caller's policies and the API's
 * resource policy decide together. Asks nobody but this node's memory. A stranger is refused before
 * the body is read, and a large body is hashed by a worker.
 */
final class IamAuthorizer implements Authorizer {

  private static final String SERVICE = "execute-api";

  /** Larger bodies would hold up the event loop. */
  private static final int LARGEST_ON_THE_LOOP = 32 << 10;

  private final StageAccess stage;
  private final KeyHolders holders;
  private final Workers workers;

  IamAuthorizer(StageAccess stage, KeyHolders holders, Workers workers) {
    this.stage = stage;
    this.holders = holders;
    this.workers = workers;
  }

  /** A signature by somebody who is known. */
  private record Signed(HttpHead head, Signature signature, KeyHolder by) {}

  @Override
  public boolean wantsBody(Exchange x) {
    try {
      return signed(x).signature().payload() != Payload.UNSIGNED;
    } catch (RuntimeException | StackOverflowError refusal) {
      return false; // comes again, and the body stays unread
    }
  }

  @Override
  public boolean passes(Exchange x) {
    Signed signed = signed(x);
    if (x.request().body().length() > LARGEST_ON_THE_LOOP
        && signed.signature().payload() != Payload.UNSIGNED) {
      return false;
    }
    authorize(x, signed);
    return true;
  }

  @Override
  public void fetch(Exchange x, Reply reply) {
    GatewayException[] refusal = {
      GatewayException.bug(new IllegalStateException("the worker came to no end"))
    };
    Runnable work = () -> refusal[0] = refusal(x);
    Runnable then =
        () -> {
          if (refusal[0] == null) {
            reply.pass();
          } else {
            reply.refuse(refusal[0]);
          }
        };
    if (!workers.run(stage.account(), work, then)) {
      reply.refuse(
          GatewayException.of(
              ResponseType.DEFAULT_5XX, 503, "Service Unavailable", Reason.WORK_QUEUE_FULL));
    }
  }

  private GatewayException refusal(Exchange x) {
    try {
      authorize(x, signed(x));
      return null;
    } catch (GatewayException refusal) {
      return refusal;
    } catch (RuntimeException | StackOverflowError bug) {
      return GatewayException.bug(bug);
    }
  }

  /** All that can be known without the body. */
  private Signed signed(Exchange x) {
    HttpHead head = new SignedHead(x.request());
    Instant arrived = Instant.ofEpochMilli(x.startMillis());
    Signature signature;
    try {
      signature = Signature.read(head);
    } catch (ApiError e) {
      throw e.kind() == ApiError.Kind.MISSING_AUTHENTICATION_TOKEN
          ? GatewayException.of(ResponseType.MISSING_AUTHENTICATION_TOKEN, Reason.SIGNATURE_MISSING)
          : refusal(e, Reason.SIGNATURE_INCOMPLETE);
    }
    requireScope(signature.authorization());
    try {
      signature.requireCurrent(arrived);
    } catch (ApiError e) {
      throw refusal(e, Reason.SIGNATURE_NOT_CURRENT);
    }
    return new Signed(head, signature, holders.of(signature, arrived));
  }

  private void requireScope(Authorization authorization) {
    if (!authorization.service().equals(SERVICE)) {
      throw scope("Credential should be scoped to correct service: '" + SERVICE + "'.");
    }
    if (!authorization.region().equals(stage.region())) {
      throw scope("Credential should be scoped to a valid region: '" + stage.region() + "'.");
    }
  }

  private static GatewayException scope(String message) {
    return GatewayException.of(
        ResponseType.INVALID_SIGNATURE, 403, message, Reason.SIGNATURE_SCOPE);
  }

  private void authorize(Exchange x, Signed signed) {
    verify(x, signed);
    x.identity(signed.by().identity());
    KeyHolder by = signed.by();
    Invocation invocation = Invocation.of(x, stage);
    boolean sameAccount = by.principal().account().equals(stage.account());
    Decision decision = invocation.decide(by.principal(), by.context(), by.grants(), sameAccount);
    if (!decision.allows()) {
      throw refusal(by, invocation, decision);
    }
    x.permissions(invocation.permissions(by.principal(), by.context(), by.grants(), sameAccount));
  }

  private static void verify(Exchange x, Signed signed) {
    Signature signature = signed.signature();
    byte[] body = new byte[0];
    if (x.request().body() instanceof Body.Bytes(byte[] whole)) {
      body = whole;
    } else if (signature.payload() != Payload.UNSIGNED) {
      throw new IllegalStateException("the body that a signature covers has not been read");
    }
    try {
      byte[] content = SigV4.verify(signed.head(), body, signature, signed.by().secret());
      Headers headers = x.request().headers();
      if (signature.payload().isChunked()) {
        x.request(CheckedHeaders.ofChunks(headers, content), new Body.Bytes(content));
      } else if (!signature.isPresigned()) {
        x.request(CheckedHeaders.of(headers), x.request().body());
      }
    } catch (ApiError e) {
      throw refusal(e, Reason.SIGNATURE_MISMATCH);
    }
  }

  private static GatewayException refusal(ApiError e, Reason reason) {
    return GatewayException.of(ResponseType.INVALID_SIGNATURE, 403, e.getMessage(), reason)
        .as(e.kind().type());
  }

  /** In the vendor's words (aws-behaviour 7.3). */
  private static GatewayException refusal(KeyHolder by, Invocation invocation, Decision decision) {
    String answer =
        "User: "
            + by.principal().arn()
            + " is not authorized to perform: "
            + Invocation.ACTION
            + " on resource: "
            + invocation.maskedArn()
            + decision.why(Invocation.ACTION);
    GatewayException refusal =
        GatewayException.of(
            ResponseType.ACCESS_DENIED,
            ResponseType.ACCESS_DENIED.status(),
            answer,
            decision.deniesExplicitly() ? Reason.CALLER_DENIED : Reason.CALLER_NOT_ALLOWED);
    return decision.statement().map(refusal::with).orElse(refusal);
  }
}

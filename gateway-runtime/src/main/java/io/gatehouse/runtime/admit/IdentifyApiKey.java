package io.gatehouse.runtime.admit;

import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.exchange.ApiKeySource;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Identity;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Step;
import java.nio.charset.StandardCharsets;

/**
 * Where the method requires it, finds the API key, in {@code x-api-key} or as the method's
 * authorizer has named it, and a usage plan of the key's that opens this very API and stage. Every
 * failure answers 403 Forbidden, as on the vendor's (aws-behaviour 8). Nodes know keys by hash
 * only.
 */
public final class IdentifyApiKey implements Step {

  private final LiveSnapshots live;

  public IdentifyApiKey(LiveSnapshots live) {
    this.live = live;
  }

  @Override
  public boolean concerns(Exchange x) {
    return x.method().apiKeySource() != ApiKeySource.NONE;
  }

  @Override
  public void apply(Exchange x) {
    String value = value(x);
    CompiledStage stage = x.stage();
    KeySnapshot key =
        live.key(stage.account(), SnapshotCodec.sha256(value.getBytes(StandardCharsets.UTF_8)));
    if (key == null) {
      throw forbidden(Reason.API_KEY_UNKNOWN);
    }
    if (!key.enabled()) {
      throw forbidden(Reason.API_KEY_DISABLED);
    }
    PlanSnapshot plan = plan(key, stage);
    if (plan == null) {
      throw forbidden(Reason.API_KEY_NOT_IN_PLAN);
    }
    x.apiKey(new Exchange.ApiKey(key.keyId(), value));
    x.subscription(new Exchange.Subscription(key, plan));
  }

  private static String value(Exchange x) {
    if (x.method().apiKeySource() == ApiKeySource.AUTHORIZER) {
      if (x.identity() instanceof Identity.Authorized caller
          && caller.usageIdentifierKey() != null
          && !caller.usageIdentifierKey().isEmpty()) {
        return caller.usageIdentifierKey();
      }
      throw forbidden(Reason.API_KEY_NOT_NAMED);
    }
    String value = x.request().headers().first("x-api-key");
    if (value == null || value.isEmpty()) {
      throw forbidden(Reason.API_KEY_MISSING);
    }
    return value;
  }

  /** The one that opens the stage to the key, or null: no two plans of a key share a stage. */
  private PlanSnapshot plan(KeySnapshot key, CompiledStage stage) {
    for (String planId : key.planIds()) {
      PlanSnapshot plan = live.plan(stage.account(), planId);
      if (plan != null && plan.apiStages().contains(stage.apiStage())) {
        return plan;
      }
    }
    return null;
  }

  private static GatewayException forbidden(Reason reason) {
    return GatewayException.of(ResponseType.INVALID_API_KEY, reason);
  }
}

package io.gatehouse.runtime.admit;

import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Step;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the stage by {@code {apiId}.execute-api.{anything}} in the Host header and the path's first
 * segment, or by {@code /_aws/execute-api/{apiId}/{stage}/...}. What does not exist answers as the
 * vendor does: 403 Forbidden.
 */
public final class FindStage implements Step {

  private static final String BY_PATH = "/_aws/execute-api/";
  private static final String BY_HOST = "execute-api";

  private final LiveSnapshots live;

  public FindStage(LiveSnapshots live) {
    this.live = live;
  }

  @Override
  public void apply(Exchange x) {
    Request request = x.request();
    String path = request.path();
    if (path.startsWith(BY_PATH)) {
      int end = segmentEnd(path, BY_PATH.length());
      find(x, path.substring(BY_PATH.length(), end), path, end);
    } else {
      find(x, apiIdOf(request.host()), path, 0);
    }
  }

  private void find(Exchange x, String apiId, String path, int slashBeforeStage) {
    Map<String, CompiledStage> stages = live.stages(apiId);
    if (stages.isEmpty()) {
      throw forbidden(Reason.API_NOT_FOUND);
    }
    int from = Math.min(slashBeforeStage + 1, path.length());
    int end = segmentEnd(path, from);
    CompiledStage stage = stages.get(path.substring(from, end));
    if (stage == null) {
      throw forbidden(Reason.STAGE_NOT_FOUND);
    }
    x.stage(stage, path.substring(end));
    if (stage.endpointDisabled()) {
      throw forbidden(Reason.ENDPOINT_DISABLED);
    }
  }

  private static String apiIdOf(String host) {
    int dot = host.indexOf('.');
    int after = dot + 1 + BY_HOST.length();
    boolean ours =
        dot > 0
            && host.regionMatches(true, dot + 1, BY_HOST, 0, BY_HOST.length())
            && (host.length() == after || host.charAt(after) == '.' || host.charAt(after) == ':');
    // Host names have no case; ids are written in lower case.
    return ours ? host.substring(0, dot).toLowerCase(Locale.ROOT) : "";
  }

  private static int segmentEnd(String path, int from) {
    int slash = path.indexOf('/', from);
    return slash < 0 ? path.length() : slash;
  }

  private static GatewayException forbidden(Reason reason) {
    return GatewayException.of(ResponseType.INVALID_API_KEY, reason);
  }
}

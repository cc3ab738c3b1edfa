package io.gatehouse.runtime.admit;

import io.gatehouse.model.snapshot.Snapshot.BasePath;
import io.gatehouse.model.snapshot.Snapshot.DomainSnapshot;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Step;
import io.gatehouse.runtime.exchange.VpcEndpoint;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Finds the stage by the Host header and the path: on a custom domain name by the base path that is
 * mapped there, else by {@code {apiId}.execute-api.{anything}} and the path's first segment, or by
 * {@code /_aws/execute-api/{apiId}/{stage}/...}. Through a VPC endpoint it is named by {@code
 * {apiId}-{vpceId}.execute-api.{anything}} or by the header {@code x-apigw-api-id}, too, and a
 * private API is reached in no other way than through one. A stage with a canary gives it its
 * share. What does not exist answers as the vendor does: 403 Forbidden; so does what belongs to a
 * suspended account.
 */
public final class FindStage implements Step {

  private static final String BY_PATH = "/_aws/execute-api/";
  private static final String BY_HOST = "execute-api";
  private static final String BY_ENDPOINT = "-vpce-";
  private static final String OF_ENDPOINT = "vpce-";

  private final LiveSnapshots live;
  private final DoubleSupplier random;

  /**
   * @param random from 0 to 1, drawn for each request to a stage with a canary
   */
  public FindStage(LiveSnapshots live, DoubleSupplier random) {
    this.live = live;
    this.random = random;
  }

  @Override
  public void apply(Exchange x) {
    Request request = x.request();
    String path = request.path();
    DomainSnapshot domain = live.hasDomains() ? live.domain(nameOf(request.host())) : null;
    if (domain != null) {
      // First of all: under its own name a tenant's pages meet no other tenant's.
      findByDomain(x, domain, path);
    } else if (path.startsWith(BY_PATH)) {
      int end = segmentEnd(path, BY_PATH.length());
      find(x, path.substring(BY_PATH.length(), end), path, end);
    } else {
      find(x, apiIdOf(request), path, 0);
    }
  }

  private static String apiIdOf(Request request) {
    String label = labelOf(request.host());
    VpcEndpoint endpoint = request.endpoint();
    int named = label.indexOf(BY_ENDPOINT);
    if (named > 0) {
      boolean through = endpoint != null && label.substring(named + 1).equals(endpoint.id());
      return through ? label.substring(0, named) : "";
    }
    boolean endpointsOwn = label.startsWith(OF_ENDPOINT);
    if (!label.isEmpty() && !endpointsOwn || endpoint == null) {
      return label;
    }
    String header = request.headers().first("x-apigw-api-id");
    return header == null ? "" : header.toLowerCase(Locale.ROOT);
  }

  private void find(Exchange x, String apiId, String path, int slashBeforeStage) {
    findNamed(x, apiId, path, slashBeforeStage);
    if (x.stage().endpointDisabled()) {
      throw forbidden(Reason.ENDPOINT_DISABLED);
    }
  }

  /** The base path is a single segment; the empty one takes what no other does. */
  private void findByDomain(Exchange x, DomainSnapshot domain, String path) {
    int end = segmentEnd(path, 1);
    BasePath target = end > 1 ? domain.mappings().get(path.substring(1, end)) : null;
    if (target == null) {
      target = domain.mappings().get("");
      end = 0;
    }
    if (target == null) {
      throw forbidden(Reason.BASE_PATH_NOT_FOUND);
    }
    x.basePath(path.substring(0, end));
    if (target.stageName().isPresent()) {
      found(x, live.stages(target.apiId()).get(target.stageName().get()), path.substring(end));
    } else {
      findNamed(x, target.apiId(), path, end);
    }
  }

  private void findNamed(Exchange x, String apiId, String path, int slashBeforeStage) {
    Map<String, CompiledStage> stages = live.stages(apiId);
    if (stages.isEmpty()) {
      throw forbidden(Reason.API_NOT_FOUND);
    }
    int from = Math.min(slashBeforeStage + 1, path.length());
    int end = segmentEnd(path, from);
    found(x, stages.get(path.substring(from, end)), path.substring(end));
  }

  private void found(Exchange x, CompiledStage stage, String rest) {
    if (stage == null) {
      throw forbidden(Reason.STAGE_NOT_FOUND);
    }
    CompiledStage served = drawn(stage);
    if (served.vpcEndpointIds() != null && !isThrough(x.request().endpoint(), served)) {
      throw forbidden(Reason.PRIVATE_API);
    }
    x.stage(served, rest);
    if (live.account(served.account()).suspended()) {
      throw GatewayException.of(ResponseType.ACCESS_DENIED, Reason.ACCOUNT_SUSPENDED);
    }
  }

  private static boolean isThrough(VpcEndpoint endpoint, CompiledStage stage) {
    return endpoint != null
        && (stage.vpcEndpointIds().isEmpty() || stage.vpcEndpointIds().contains(endpoint.id()));
  }

  /** 0 percent is never, 100 always (recorded: canary.json). */
  private CompiledStage drawn(CompiledStage stage) {
    CompiledStage.Split split = stage.split();
    return split != null && random.getAsDouble() * 100 < split.percentTraffic()
        ? split.canary()
        : stage;
  }

  /** The host's name in lower case, without its port. */
  private static String nameOf(String host) {
    int colon = host.lastIndexOf(':');
    return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
  }

  private static String labelOf(String host) {
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

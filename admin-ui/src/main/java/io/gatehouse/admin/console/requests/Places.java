package io.gatehouse.admin.console.requests;

import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Resources;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.wire.ApiError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.GetResourceRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansRequest;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** Finds the screens on which that is set which decided about a request. */
final class Places {

  private static final String ANY = "ANY";

  private final Resources resources;
  private final UsagePlans plans;
  private final Supplier<Caller> caller;

  Places(Resources resources, UsagePlans plans, Supplier<Caller> caller) {
    this.resources = resources;
    this.plans = plans;
    this.caller = caller;
  }

  /** There is always one: where a request came to no API, the list of them. */
  Link of(Place place, RequestRecord request) {
    String api = request.place().apiId();
    if (api.isEmpty()) {
      return switch (place) {
        case API, RESOURCES, METHOD, STAGE, DEPLOYMENTS, ALIKE -> new Link("Open the APIs", "apis");
        default -> fixed(place);
      };
    }
    return switch (place) {
      case API -> new Link("Open the API", Links.path("apis", api));
      case RESOURCES -> new Link("Open the resources", Links.path("apis", api, "resources"));
      case METHOD -> method(request);
      case STAGE ->
          new Link("Open the stage", Links.path("apis", api, "stages", request.place().stage()));
      case DEPLOYMENTS -> new Link("Open the deployments", Links.path("apis", api, "deployments"));
      case KEYS -> key(request);
      case PLANS -> plan(request);
      case ALIKE -> alike(request);
      default -> fixed(place);
    };
  }

  private static Link fixed(Place place) {
    return switch (place) {
      case KEYS -> new Link("Open the API keys", "keys");
      case PLANS -> new Link("Open the usage plans", "plans");
      case IDENTITIES -> new Link("Open users and roles", "iam");
      case POOLS -> new Link("Open the user pools", "pools");
      case FUNCTIONS -> new Link("Open the functions", "functions");
      case BACKENDS -> new Link("See how backends fare", "backends");
      case BACKEND_ACCESS -> new Link("Open the backend access", "backend-access");
      case VPC_LINKS -> new Link("Open the VPC links", "vpclinks");
      default -> new Link("Open the APIs", "apis");
    };
  }

  /** The method as it is now: since the request it may have been changed or deleted. */
  private Link method(RequestRecord request) {
    String api = request.place().apiId();
    String id = request.place().resourceId();
    Link all = new Link("Open the resources", Links.path("apis", api, "resources"));
    if (id == null) {
      return all;
    }
    try {
      Resource resource =
          resources.getResource(
              caller.get(), GetResourceRequest.builder().restApiId(api).resourceId(id).build());
      String path = Links.path("apis", api, "resources", id);
      return verb(resource, request.call().httpMethod())
          .map(verb -> new Link("Open the method", path + "/" + Links.path(verb)))
          .orElse(new Link("Open the resource", path));
    } catch (ApiError gone) {
      return all;
    }
  }

  private static Optional<String> verb(Resource resource, String asked) {
    if (!resource.hasResourceMethods()) {
      return Optional.empty();
    }
    return Optional.of(resource.resourceMethods().containsKey(asked) ? asked : ANY)
        .filter(resource.resourceMethods()::containsKey);
  }

  private static Link key(RequestRecord request) {
    String key = request.call().apiKeyId();
    return key == null ? fixed(Place.KEYS) : new Link("Open the API key", "keys?q=" + encoded(key));
  }

  /** The plan that opened the stage to the key. */
  private Link plan(RequestRecord request) {
    String key = request.call().apiKeyId();
    if (key == null) {
      return fixed(Place.PLANS);
    }
    try {
      return plans
          .getUsagePlans(caller.get(), GetUsagePlansRequest.builder().keyId(key).build())
          .items()
          .stream()
          .filter(plan -> opens(plan, request))
          .findFirst()
          .map(plan -> new Link("Open the usage plan", Links.path("plans", plan.id())))
          .orElse(fixed(Place.PLANS));
    } catch (ApiError gone) {
      return fixed(Place.PLANS);
    }
  }

  private static boolean opens(UsagePlan plan, RequestRecord request) {
    return plan.apiStages().stream()
        .anyMatch(
            stage ->
                request.place().apiId().equals(stage.apiId())
                    && request.place().stage().equals(stage.stage()));
  }

  private static Link alike(RequestRecord request) {
    String reason =
        request.answer().refusal() == null
            ? "status:" + request.answer().status()
            : "reason:" + request.answer().refusal().reason();
    return new Link(
        "See all requests like it",
        "logs?q=" + encoded("api:" + request.place().apiId() + " " + reason));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

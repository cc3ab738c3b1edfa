package io.gatehouse.admin.console.home;

import io.gatehouse.admin.console.home.Figures.Cause;
import io.gatehouse.admin.console.home.Standing.Behind;
import io.gatehouse.admin.console.home.Standing.Deployed;
import io.gatehouse.admin.console.home.Standing.NearLimit;
import io.gatehouse.admin.console.metrics.Traffic;
import io.gatehouse.admin.console.plans.KeyUsages;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.logs.Found;
import io.gatehouse.admin.logs.TimeRange;
import io.gatehouse.admin.metrics.Metrics;
import io.gatehouse.admin.metrics.Metrics.Asked;
import io.gatehouse.admin.metrics.Metrics.Grouping;
import io.gatehouse.admin.operations.DeploymentHistory;
import io.gatehouse.admin.operations.DeploymentHistory.StageBehind;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.admin.operations.Logs;
import io.gatehouse.admin.operations.Nodes;
import io.gatehouse.admin.operations.Nodes.NodeView;
import io.gatehouse.admin.operations.Nodes.StageReceipt;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.admin.operations.UsageRecords;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.snapshot.Acknowledgement;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlanKeysRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;
import software.amazon.awssdk.services.apigateway.model.UsagePlanKey;

/** Finds out how a tenant fares; what somebody may not see is left out. */
@ApplicationScoped
public class HomePresenter {

  /** Of which changes, nodes and deployments are looked at. */
  static final int MOST_APIS = 20;

  static final int MOST_LINES = 5;

  private static final int MOST_PLANS = 20;
  private static final int MOST_KEYS = 100;
  private static final int MOST_DEPLOYMENTS = 500;
  private static final long NEAR_PERCENT = 80;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String FAILED = "-status:2xx -status:3xx";

  private RestApis restApis;
  private Metrics metrics;
  private Logs logs;
  private Nodes nodes;
  private DeploymentHistory history;
  private Deployments deployments;
  private UsagePlans plans;
  private UsageRecords usage;
  private InstantSource clock;

  /** For the container's proxies. */
  protected HomePresenter() {}

  @Inject
  public HomePresenter(
      RestApis restApis,
      Metrics metrics,
      Logs logs,
      Nodes nodes,
      DeploymentHistory history,
      Deployments deployments,
      UsagePlans plans,
      UsageRecords usage,
      InstantSource clock) {
    this.restApis = restApis;
    this.metrics = metrics;
    this.logs = logs;
    this.nodes = nodes;
    this.history = history;
    this.deployments = deployments;
    this.plans = plans;
    this.usage = usage;
    this.clock = clock;
  }

  /** Whether the tenant has anything to look at. */
  public boolean hasApis(Caller caller) {
    return !apis(caller, 1).items().isEmpty();
  }

  private GetRestApisResponse apis(Caller caller, int most) {
    return restApis.getRestApis(caller, GetRestApisRequest.builder().limit(most).build());
  }

  /** To be asked every few seconds. */
  public Figures figures(Caller caller) {
    Instant now = clock.instant();
    Instant from = now.minus(HOUR);
    Found failed =
        logs.searchLogs(
            caller,
            new Logs.Asked(FAILED, new TimeRange(from, now.plusSeconds(1))),
            Optional.empty(),
            Logs.MOST);
    return new Figures(
        hour(caller, from, now.plusSeconds(60)),
        hour(caller, from.minus(HOUR), from),
        causes(failed),
        failed.more());
  }

  private Traffic hour(Caller caller, Instant from, Instant until) {
    return Traffic.of(
        metrics.metricTotals(caller, new Asked("", "", "", "", Grouping.NONE, from, until, HOUR)));
  }

  private static List<Cause> causes(Found failed) {
    Map<String, Cause> causes = new LinkedHashMap<>();
    for (Found.Entry entry : failed.entries()) {
      Cause one = cause(entry.request());
      causes.merge(
          one.words(), one, (a, b) -> new Cause(a.words(), a.requests() + b.requests(), a.query()));
    }
    return causes.values().stream()
        .sorted(Comparator.comparingInt(Cause::requests).reversed())
        .limit(MOST_LINES)
        .toList();
  }

  private static Cause cause(RequestRecord request) {
    RequestRecord.Refusal refusal = request.answer().refusal();
    int status = request.answer().status();
    return refusal == null
        ? new Cause(status + " of the backend", 1, "status:" + status)
        : new Cause(refusal.reason(), 1, "reason:" + refusal.reason());
  }

  /** To be asked twice a minute. */
  public Standing standing(Caller caller) {
    GetRestApisResponse found = apis(caller, MOST_APIS);
    List<Behind> behind = new ArrayList<>();
    List<Deployed> deployed = new ArrayList<>();
    List<NodeView> up = nodes.nodes(caller);
    Set<String> late = new HashSet<>();
    for (RestApi api : found.items()) {
      try {
        List<StageBehind> stages = history.stagesBehind(caller, api.id());
        OptionalInt least = stages.stream().mapToInt(StageBehind::changes).min();
        least.stream()
            .filter(changes -> changes > 0)
            .forEach(changes -> behind.add(new Behind(api.id(), api.name(), changes)));
        for (StageBehind stage : stages) {
          late(nodes.receipt(caller, api.id(), stage.stage())).forEach(late::add);
        }
        deployed.addAll(deployed(caller, api));
      } catch (ApiError gone) {
        if (gone.kind() != ApiError.Kind.NOT_FOUND) {
          throw gone;
        }
      }
    }
    deployed.sort(Comparator.comparing(Deployed::at).reversed());
    return new Standing(
        up.size(),
        (int) up.stream().filter(node -> !late.contains(node.name())).count(),
        behind,
        nearLimit(caller),
        deployed.subList(0, Math.min(MOST_LINES, deployed.size())),
        found.position() != null);
  }

  /** Names of nodes that do not serve a stage as it is. */
  private static Stream<String> late(StageReceipt receipt) {
    return receipt.nodes().stream()
        .map(NodeView::name)
        .filter(
            node ->
                receipt.acknowledgements().stream()
                    .noneMatch(heard -> heard.node().equals(node) && serves(heard, receipt)));
  }

  private static boolean serves(Acknowledgement heard, StageReceipt receipt) {
    return heard.failure().isEmpty() && heard.revision() >= receipt.revision();
  }

  private List<Deployed> deployed(Caller caller, RestApi api) {
    return deployments
        .getDeployments(
            caller,
            GetDeploymentsRequest.builder().restApiId(api.id()).limit(MOST_DEPLOYMENTS).build())
        .items()
        .stream()
        .sorted(Comparator.comparing(Deployment::createdDate).reversed())
        .limit(MOST_LINES)
        .map(
            one ->
                new Deployed(
                    api.id(),
                    api.name(),
                    one.id(),
                    Optional.ofNullable(one.description()).orElse(""),
                    one.createdDate()))
        .toList();
  }

  private List<NearLimit> nearLimit(Caller caller) {
    KeyUsages usages = new KeyUsages(usage, () -> caller, clock);
    List<NearLimit> near = new ArrayList<>();
    for (UsagePlan plan :
        plans
            .getUsagePlans(caller, GetUsagePlansRequest.builder().limit(MOST_PLANS).build())
            .items()) {
      if (plan.quota() != null) {
        List<UsagePlanKey> keys =
            plans
                .getUsagePlanKeys(
                    caller,
                    GetUsagePlanKeysRequest.builder()
                        .usagePlanId(plan.id())
                        .limit(MOST_KEYS)
                        .build())
                .items();
        usages.of(plan, keys).forEach(used -> near(plan, used).ifPresent(near::add));
      }
    }
    near.sort(Comparator.comparingLong(NearLimit::percent).reversed());
    return near.subList(0, Math.min(MOST_LINES, near.size()));
  }

  private static Optional<NearLimit> near(UsagePlan plan, KeyUsages.KeyUsage used) {
    long all = used.used() + used.remaining().orElse(0);
    if (used.remaining().isEmpty() || all == 0) {
      return Optional.empty();
    }
    long percent = used.used() * 100 / all;
    return percent < NEAR_PERCENT
        ? Optional.empty()
        : Optional.of(new NearLimit(plan.id(), plan.name(), used.key().name(), percent));
  }
}

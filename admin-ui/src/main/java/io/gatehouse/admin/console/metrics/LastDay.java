package io.gatehouse.admin.console.metrics;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.admin.operations.UsageRecords;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsageRequest;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** How much something is used, said before it is taken away. */
@ApplicationScoped
public class LastDay {

  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST_PLANS = 100;
  private static final String DAYS = " in the last 24 hours.";

  private TrafficReader traffic;
  private UsagePlans plans;
  private UsageRecords usage;
  private InstantSource clock;

  /** For the container's proxies. */
  protected LastDay() {}

  @Inject
  public LastDay(TrafficReader traffic, UsagePlans plans, UsageRecords usage, InstantSource clock) {
    this.traffic = traffic;
    this.plans = plans;
    this.usage = usage;
    this.clock = clock;
  }

  /** As "It had 1,200 requests in the last 24 hours."; empty where nobody may say. */
  public String ofApi(Caller caller, String apiId) {
    try {
      return sentence(requests(traffic.ofStages(caller, apiId, DAY).values()), DAYS);
    } catch (ApiError refused) {
      return "";
    }
  }

  /** The same of one stage, its canary included. */
  public String ofStage(Caller caller, String apiId, String stage) {
    try {
      Traffic own = traffic.ofStages(caller, apiId, DAY).getOrDefault(stage, Traffic.NOTHING);
      return sentence(own.requests(), DAYS);
    } catch (ApiError refused) {
      return "";
    }
  }

  /** The same of a key, by the days in which its plans count. */
  public String ofKey(Caller caller, String keyId) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    try {
      long used = 0;
      for (UsagePlan plan :
          plans
              .getUsagePlans(
                  caller, GetUsagePlansRequest.builder().keyId(keyId).limit(MOST_PLANS).build())
              .items()) {
        Map<String, List<List<Long>>> days =
            usage
                .getUsage(
                    caller,
                    GetUsageRequest.builder()
                        .usagePlanId(plan.id())
                        .keyId(keyId)
                        .startDate(today.minusDays(1).toString())
                        .endDate(today.toString())
                        .build())
                .items();
        used += days.getOrDefault(keyId, List.of()).stream().mapToLong(List::getFirst).sum();
      }
      return sentence(used, " by its usage plans yesterday and today (UTC).");
    } catch (ApiError refused) {
      return "";
    }
  }

  private static long requests(Collection<Traffic> all) {
    return all.stream().mapToLong(Traffic::requests).sum();
  }

  private static String sentence(long requests, String when) {
    return requests == 0
        ? "It had no request" + when
        : requests == 1
            ? "It had 1 request" + when
            : "It had %,d requests".formatted(requests) + when;
  }
}

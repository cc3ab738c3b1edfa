package io.gatehouse.runtime.limit;

import io.gatehouse.model.snapshot.Quota;
import io.gatehouse.model.snapshot.RateLimit;
import io.gatehouse.model.snapshot.Snapshot.AccountSnapshot;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.runtime.limit.RequestLimits.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What requests of one method count against: the limits of the caller's usage plan, the method's by
 * the stage's settings, and the account's. Put together once for each API key, and again when one
 * of its parts has changed.
 */
public final class MethodLimits {

  /** Of keys whose limits are remembered; more are put together each time anew. */
  private static final int MOST_REMEMBERED = 10_000;

  /** What was put together, and from what. */
  private record Remembered(
      AccountSnapshot account, KeySnapshot key, PlanSnapshot plan, RequestLimits limits) {

    boolean isOf(AccountSnapshot ofAccount, KeySnapshot ofKey, PlanSnapshot ofPlan) {
      return account == ofAccount && key == ofKey && plan == ofPlan;
    }
  }

  private final String account;
  private final String apiStage;
  private final String method;
  private final String bucket;
  private final Optional<RateLimit> own;
  private final Map<String, Remembered> byKey = new ConcurrentHashMap<>();
  private volatile Remembered withoutKey;

  /**
   * @param apiStage as {@code apiId:stageName}
   * @param method as plans name it, {@code /path/VERB}, of the root {@code //VERB}
   * @param own by the stage's settings
   */
  public MethodLimits(String account, String apiStage, String method, Optional<RateLimit> own) {
    this.account = account;
    this.apiStage = apiStage;
    this.method = method;
    this.bucket = account + '/' + apiStage + method;
    this.own = own;
  }

  /** Of a request that needs no API key. */
  public RequestLimits of(AccountSnapshot whole) {
    Remembered known = withoutKey;
    if (known == null || known.account() != whole) {
      RequestLimits.Builder limits = new RequestLimits.Builder();
      addOwn(limits, whole);
      known = new Remembered(whole, null, null, limits.build(null));
      withoutKey = known;
    }
    return known.limits();
  }

  /** Of a request by a key of the plan. */
  public RequestLimits of(AccountSnapshot whole, KeySnapshot key, PlanSnapshot plan) {
    Remembered known = byKey.get(key.keyId());
    if (known != null && known.isOf(whole, key, plan)) {
      return known.limits();
    }
    known = new Remembered(whole, key, plan, together(whole, key, plan));
    if (byKey.size() < MOST_REMEMBERED || byKey.containsKey(key.keyId())) {
      byKey.put(key.keyId(), known);
    }
    return known.limits();
  }

  private RequestLimits together(AccountSnapshot whole, KeySnapshot key, PlanSnapshot plan) {
    RequestLimits.Builder limits = new RequestLimits.Builder();
    String caller = account + '/' + plan.planId() + '/' + key.keyId() + '/' + apiStage;
    RateLimit ofMethod = ofMethod(plan.methodThrottles().getOrDefault(apiStage, Map.of()));
    if (ofMethod != null) {
      limits.add(Scope.PLAN_METHOD, "plan-method/" + caller + method, ofMethod);
    }
    plan.throttle().ifPresent(limit -> limits.add(Scope.PLAN, "plan/" + caller, limit));
    addOwn(limits, whole);
    plan.quota().ifPresent(limits::tell);
    return limits.build(quota(key, plan));
  }

  /** A star stands for any verb, and in both places for any method. */
  private RateLimit ofMethod(Map<String, RateLimit> limits) {
    RateLimit exact = limits.get(method);
    if (exact != null || limits.isEmpty()) {
      return exact;
    }
    RateLimit anyVerb = limits.get(method.substring(0, method.lastIndexOf('/')) + "/*");
    return anyVerb == null ? limits.get("/*/*") : anyVerb;
  }

  private void addOwn(RequestLimits.Builder limits, AccountSnapshot whole) {
    own.ifPresent(limit -> limits.add(Scope.METHOD, "method/" + bucket, limit));
    limits.add(Scope.ACCOUNT, "account/" + account, whole.throttle());
  }

  private QuotaLimit quota(KeySnapshot key, PlanSnapshot plan) {
    if (plan.quota().isEmpty()) {
      return QuotaLimit.counting(account, plan.planId(), key.keyId());
    }
    Quota quota = plan.quota().get();
    Quota.Total total = key.quotaTotals().get(plan.planId());
    Long joined = key.joined().get(plan.planId());
    return new QuotaLimit(
        account,
        plan.planId(),
        key.keyId(),
        Period.valueOf(quota.period().name()),
        quota.limit(),
        quota.offset(),
        joined == null ? -1 : TimeUnit.DAYS.toMillis(joined),
        total == null || total.period() != quota.period()
            ? List.of()
            : List.of(new QuotaLimit.Total(total.start(), total.allowed())),
        plan.whenUnreachable());
  }
}

package io.gatehouse.admin.operations;

import static io.gatehouse.admin.operations.StageRules.given;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.ApiKeyStore;
import io.gatehouse.admin.store.PlanStore;
import io.gatehouse.admin.store.StoredApiKey;
import io.gatehouse.admin.store.StoredUsagePlan;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.ImportApiKeysRequest;
import software.amazon.awssdk.services.apigateway.model.ImportApiKeysResponse;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/**
 * API keys from a file, and into their usage plans. A line that cannot be used is a warning and
 * leaves the others alone; a value that is there already gets the line's name and description.
 */
@ApplicationScoped
public class ApiKeyImports implements Operations {

  private static final int MOST_WARNINGS = 100;
  private static final int MOST_PLANS = 300;

  private ApiKeyStore keys;
  private PlanStore plans;
  private Publisher publisher;
  private Ids ids;
  private InstantSource clock;

  protected ApiKeyImports() {}

  @Inject
  public ApiKeyImports(
      ApiKeyStore keys, PlanStore plans, Publisher publisher, Ids ids, InstantSource clock) {
    this.keys = keys;
    this.plans = plans;
    this.publisher = publisher;
    this.ids = ids;
    this.clock = clock;
  }

  @Operation(value = "POST /apikeys?mode=import", status = 201)
  public ImportApiKeysResponse importApiKeys(Caller caller, ImportApiKeysRequest in) {
    List<String> warnings = new ArrayList<>();
    Map<String, KeyFile.Line> lines =
        usable(KeyFile.parse(in.body().asByteArrayUnsafe()), warnings);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Map<String, Optional<UsagePlan>> named = locked(caller, lines.values());
    List<StoredApiKey> stored =
        keys.putAll(caller, lines.values().stream().map(line -> key(line, now)).toList());
    attach(caller, stored, List.copyOf(lines.values()), named, warnings);
    if (Boolean.TRUE.equals(in.failOnWarnings()) && !warnings.isEmpty()) {
      throw ApiError.badRequest(
          "Warnings found during import:\n\t" + String.join("\n\t", first(warnings)));
    }
    publisher.changed(stored);
    return ImportApiKeysResponse.builder()
        .ids(stored.stream().map(StoredApiKey::keyId).toList())
        .warnings(first(warnings))
        .build();
  }

  /** By value; of several lines with one value the last counts, as the vendor says. */
  private Map<String, KeyFile.Line> usable(KeyFile file, List<String> warnings) {
    Map<String, KeyFile.Line> usable = new LinkedHashMap<>();
    for (KeyFile.Line line : file.lines()) {
      try {
        ApiKeys.checked(key(line, Instant.EPOCH));
        usable.put(line.key(), line);
      } catch (ApiError refused) {
        warnings.add("Line " + line.number() + ": " + refused.getMessage());
      }
    }
    return usable;
  }

  private ApiKey key(KeyFile.Line line, Instant now) {
    return ApiKey.builder()
        .id(ids.apiKey())
        .value(line.key())
        .name(given(line.name()))
        .description(given(line.description()))
        .enabled(line.enabled())
        .createdDate(now)
        .lastUpdatedDate(now)
        .stageKeys(List.of())
        .build();
  }

  /** Puts the keys into the plans that their lines name. */
  private void attach(
      Caller caller,
      List<StoredApiKey> stored,
      List<KeyFile.Line> lines,
      Map<String, Optional<UsagePlan>> known,
      List<String> warnings) {
    Map<String, Set<String>> memberships =
        plans.plansOf(caller, stored.stream().map(StoredApiKey::keyId).toList());
    Map<String, List<String>> joining = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String keyId = stored.get(i).keyId();
      Set<String> mine = memberships.computeIfAbsent(keyId, id -> new LinkedHashSet<>());
      for (String planId : lines.get(i).planIds()) {
        Optional<String> refused = refusal(caller, planId, mine, known);
        if (refused.isPresent()) {
          warnings.add("Line " + lines.get(i).number() + ": " + refused.get());
        } else if (mine.add(planId)) {
          joining.computeIfAbsent(planId, id -> new ArrayList<>()).add(keyId);
        }
      }
    }
    joining.forEach((planId, keyIds) -> plans.addKeys(caller, planId, keyIds));
  }

  private Optional<String> refusal(
      Caller caller, String planId, Set<String> mine, Map<String, Optional<UsagePlan>> known) {
    Optional<UsagePlan> plan = known.get(planId);
    if (plan.isEmpty()) {
      return Optional.of("Invalid Usage Plan ID specified");
    }
    return mine.stream()
        .filter(other -> !other.equals(planId))
        .flatMap(other -> known.computeIfAbsent(other, id -> body(caller, id)).stream())
        .filter(other -> PlanRules.overlap(plan.get(), other))
        .map(
            other ->
                "Usage Plan %s holds the same API Key and the same API Stage as %s"
                    .formatted(other.id(), planId))
        .findFirst();
  }

  /**
   * The plans that the file names, which stay as they are while keys join them. Before any key is
   * touched, as everywhere, so that nobody waits in a circle.
   */
  private Map<String, Optional<UsagePlan>> locked(Caller caller, Collection<KeyFile.Line> lines) {
    Set<String> names = new TreeSet<>();
    lines.forEach(line -> names.addAll(line.planIds()));
    if (names.size() > MOST_PLANS) {
      throw ApiError.badRequest("A file of API keys can name at most " + MOST_PLANS + " plans");
    }
    Map<String, Optional<UsagePlan>> plansByName = new HashMap<>();
    for (String name : names) {
      if (plans.find(caller, name).isPresent()) {
        plansByName.put(name, Optional.of(plans.lock(caller, name).body()));
      } else {
        plansByName.put(name, Optional.empty());
      }
    }
    return plansByName;
  }

  private Optional<UsagePlan> body(Caller caller, String planId) {
    return plans.find(caller, planId).map(StoredUsagePlan::body);
  }

  private static List<String> first(List<String> warnings) {
    if (warnings.size() <= MOST_WARNINGS) {
      return warnings;
    }
    List<String> some = new ArrayList<>(warnings.subList(0, MOST_WARNINGS));
    some.add("and " + (warnings.size() - MOST_WARNINGS) + " more");
    return some;
  }
}

package io.gatehouse.admin.operations;

import static io.gatehouse.admin.operations.StageRules.given;
import static io.gatehouse.model.patch.PatchRules.ADD_REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.ApiKeyStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.admin.store.StoredApiKey;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysResponse;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.StageKey;
import software.amazon.awssdk.services.apigateway.model.UpdateApiKeyRequest;

/** Keys that tenants give to their customers. Imitates the ApiKey pages of the API reference. */
@ApplicationScoped
public class ApiKeys implements Operations {

  private static final PatchRules<ApiKey> RULES =
      PatchRules.of(ApiKey::builder)
          .allow(REPLACE, "/description")
          .allow(REPLACE, "/enabled")
          .allow(REPLACE, "/name")
          .allow(REPLACE, "/customerId")
          .allow(ADD_REMOVE, "/stages")
          .by(ApiKeys::stages)
          .allow(ADD_REMOVE, "/labels")
          .by(
              (key, change) -> {
                throw ApiError.notImplemented("/labels of an API key");
              })
          .refusing(Refusal.LISTING_PATHS);

  /** Of one page of a search. */
  public static final int MOST_SEARCHED = 500;

  private static final int SHORTEST_VALUE = 20;
  private static final int LONGEST_VALUE = 128;
  private static final int LONGEST_NAME = 1024;
  private static final int MOST_STAGE_KEYS = 100;

  private ApiKeyStore keys;
  private StageStore stages;
  private Publisher publisher;
  private Ids ids;
  private InstantSource clock;

  protected ApiKeys() {}

  @Inject
  public ApiKeys(
      ApiKeyStore keys, StageStore stages, Publisher publisher, Ids ids, InstantSource clock) {
    this.keys = keys;
    this.stages = stages;
    this.publisher = publisher;
    this.ids = ids;
    this.clock = clock;
  }

  /** The only answer, but for {@code includeValue}, that shows the value. */
  @Operation(value = "POST /apikeys", status = 201)
  public ApiKey createApiKey(Caller caller, CreateApiKeyRequest in) {
    String value = given(in.value()) == null ? ids.apiKeyValue() : in.value();
    Instant now = now();
    ApiKey key =
        checked(
            ApiKey.builder()
                .id(ids.apiKey())
                .value(value)
                .name(given(in.name()))
                .customerId(given(in.customerId()))
                .description(given(in.description()))
                .enabled(Boolean.TRUE.equals(in.enabled()))
                .createdDate(now)
                .lastUpdatedDate(now)
                .stageKeys(in.stageKeys().stream().map(ApiKeys::stageKey).distinct().toList())
                .tags(in.tags().isEmpty() ? null : in.tags())
                .build());
    requireStages(caller, key.stageKeys());
    publisher.changed(keys.create(caller, key));
    return key;
  }

  @Operation("GET /apikeys/{api_Key}")
  public ApiKey getApiKey(Caller caller, GetApiKeyRequest in) {
    StoredApiKey key = keys.get(caller, in.apiKey());
    return withTags(shown(key, in.includeValue()));
  }

  @Operation("GET /apikeys")
  public GetApiKeysResponse getApiKeys(Caller caller, GetApiKeysRequest in) {
    Page<ApiKey> page =
        keys.list(
                caller,
                in.nameQuery() == null ? "" : in.nameQuery(),
                in.customerId() == null ? "" : in.customerId(),
                new Page.Ask(in.position(), in.limit()))
            .map(key -> shown(key, in.includeValues()));
    return GetApiKeysResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  /**
   * Those whose name or id has a text within it, in whatever case, without their values; the newest
   * first.
   *
   * @param text empty for all
   * @param limit at most {@link #MOST_SEARCHED}
   */
  @ConsoleQuery
  public List<ApiKey> searchApiKeys(Caller caller, String text, int offset, int limit) {
    return keys
        .search(caller, text, Math.max(0, offset), Math.clamp(limit, 1, MOST_SEARCHED))
        .stream()
        .map(StoredApiKey::body)
        .toList();
  }

  /** How many of them there are. */
  @ConsoleQuery
  public int countApiKeys(Caller caller, String text) {
    return Math.toIntExact(keys.count(caller, text));
  }

  @Operation("PATCH /apikeys/{api_Key}")
  public ApiKey updateApiKey(Caller caller, UpdateApiKeyRequest in) {
    StoredApiKey key = keys.lock(caller, in.apiKey());
    ApiKey before = key.body();
    ApiKey patched = checked(RULES.apply(before, in.patchOperations()));
    requireStages(
        caller, patched.stageKeys().stream().filter(s -> !before.stageKeys().contains(s)).toList());
    keys.replace(key, patched.toBuilder().lastUpdatedDate(now()).build());
    publisher.changed(key);
    return withTags(key.body());
  }

  @Operation(value = "DELETE /apikeys/{api_Key}", status = 202)
  public void deleteApiKey(Caller caller, DeleteApiKeyRequest in) {
    StoredApiKey key = keys.lock(caller, in.apiKey());
    keys.delete(key);
    publisher.gone(key);
  }

  private static String stageKey(StageKey stage) {
    return stage.restApiId() + "/" + stage.stageName();
  }

  /** The value names the stage as {@code APIID/STAGE}. */
  private static ApiKey stages(ApiKey key, Change change) {
    List<String> next = new ArrayList<>(key.stageKeys());
    boolean wasThere = next.remove(change.value());
    if (change.op() == Op.ADD) {
      next.add(change.value());
    } else if (!wasThere) {
      throw unknownStage();
    }
    return key.toBuilder().stageKeys(next).build();
  }

  /** They are kept as the vendor keeps them: only usage plans open stages. */
  private void requireStages(Caller caller, List<String> stageKeys) {
    if (stageKeys.size() > MOST_STAGE_KEYS) {
      throw ApiError.badRequest("An API Key can have at most " + MOST_STAGE_KEYS + " stage keys");
    }
    for (String stageKey : stageKeys) {
      String[] parts = stageKey.split("/", 2);
      if (parts.length != 2 || stages.find(caller, parts[0], parts[1]).isEmpty()) {
        throw unknownStage();
      }
    }
  }

  private static ApiError unknownStage() {
    return ApiError.notFound("Invalid stage identifier specified");
  }

  private ApiKey shown(StoredApiKey key, Boolean withValue) {
    return Boolean.TRUE.equals(withValue)
        ? key.body().toBuilder().value(keys.value(key)).build()
        : key.body();
  }

  /** A single answer has tags, be there none; a list has not [R]. */
  private static ApiKey withTags(ApiKey key) {
    return key.hasTags() ? key : key.toBuilder().tags(Map.of()).build();
  }

  /**
   * @param key its value may be left out, where it is that of before
   * @throws ApiError bad request, naming what a key may not have
   */
  static ApiKey checked(ApiKey key) {
    if (key.value() != null && key.value().length() < SHORTEST_VALUE) {
      throw ApiError.badRequest("API Key value should be at least 20 characters");
    }
    if (key.value() != null && key.value().length() > LONGEST_VALUE) {
      throw ApiError.badRequest("API Key value exceeds maximum size of 128 characters");
    }
    if (key.name() != null && key.name().length() > LONGEST_NAME) {
      throw ApiError.badRequest("API Key name exceeds maximum size of 1024 characters");
    }
    if (key.customerId() != null && key.customerId().length() > LONGEST_NAME) {
      throw ApiError.badRequest("API Key customerId exceeds maximum size of 1024 characters");
    }
    StageRules.requireDescription(key.description());
    TagRules.check(key.tags());
    return key;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}

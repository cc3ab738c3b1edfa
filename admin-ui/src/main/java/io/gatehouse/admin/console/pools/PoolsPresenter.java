package io.gatehouse.admin.console.pools;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.pools.UserPools;
import io.gatehouse.model.snapshot.PoolIssuer;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolsRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolsResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** Lists the tenant's user pools and makes new ones. */
final class PoolsPresenter {

  interface Screen {
    /**
     * @param more whether the tenant has more pools than these
     */
    void show(List<Row> pools, boolean more);

    void open(String poolId);
  }

  /** A pool as the list shows it. */
  record Row(UserPoolType pool, PoolIssuer issuer) {

    boolean isRegistered() {
      return PoolIssuer.isRegistered(pool.userPoolTags());
    }
  }

  /**
   * What the dialog is filled in with; blank for what is not given.
   *
   * @param clients ids with blanks between
   */
  record Registration(
      String name, String issuer, String keysUrl, String clients, List<String> algorithms) {

    static Registration of(UserPoolType pool) {
      Map<String, String> tags = pool.userPoolTags();
      return new Registration(
          pool.name(),
          tags.getOrDefault(PoolIssuer.ISSUER, ""),
          tags.getOrDefault(PoolIssuer.KEYS_URL, ""),
          tags.getOrDefault(PoolIssuer.CLIENTS, ""),
          PoolIssuer.registered(tags).algorithms().stream().sorted().toList());
    }

    /** The tags that say so; those of what is not given are absent. */
    Map<String, String> tags() {
      Map<String, String> tags = new TreeMap<>();
      tags.put(PoolIssuer.ISSUER, issuer.strip());
      add(tags, PoolIssuer.KEYS_URL, keysUrl);
      add(tags, PoolIssuer.CLIENTS, clients);
      add(tags, PoolIssuer.ALGORITHMS, String.join(" ", algorithms));
      return tags;
    }

    private static void add(Map<String, String> tags, String tag, String value) {
      if (!value.isBlank()) {
        tags.put(tag, value.strip());
      }
    }
  }

  /** A page of the listing. */
  static final int MOST = 60;

  private final UserPools pools;
  private final Supplier<Caller> caller;
  private final Screen screen;

  PoolsPresenter(UserPools pools, Supplier<Caller> caller, Screen screen) {
    this.pools = pools;
    this.caller = caller;
    this.screen = screen;
  }

  void load() {
    Caller me = caller.get();
    ListUserPoolsResponse found =
        pools.listUserPools(me, ListUserPoolsRequest.builder().maxResults(MOST).build());
    screen.show(
        found.userPools().stream().map(each -> row(me, each.id())).toList(),
        found.nextToken() != null);
  }

  /** The listing does not tell which issuer is behind a pool. */
  private Row row(Caller me, String id) {
    return new Row(
        pools
            .describeUserPool(me, DescribeUserPoolRequest.builder().userPoolId(id).build())
            .userPool(),
        pools.userPoolIssuer(me, id));
  }

  /**
   * @param byEmail whether people sign in with their mail address
   */
  void make(String name, boolean byEmail) {
    CreateUserPoolRequest.Builder request = CreateUserPoolRequest.builder().poolName(named(name));
    if (byEmail) {
      request.usernameAttributesWithStrings("email");
    }
    create(request.build());
  }

  void register(Registration form) {
    if (form.issuer().isBlank()) {
      throw ApiError.badRequest("The issuer's URL is needed, as tokens say it in their iss");
    }
    create(
        CreateUserPoolRequest.builder()
            .poolName(named(form.name()))
            .userPoolTags(form.tags())
            .build());
  }

  private void create(CreateUserPoolRequest request) {
    screen.open(pools.createUserPool(caller.get(), request).userPool().id());
  }

  private static String named(String name) {
    if (name.isBlank()) {
      throw ApiError.badRequest("A pool needs a name");
    }
    return name.strip();
  }
}

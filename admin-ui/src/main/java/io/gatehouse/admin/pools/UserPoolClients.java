package io.gatehouse.admin.pools;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.pools.Realms.RealmClient;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredUserPool;
import io.gatehouse.admin.store.StoredUserPoolClient;
import io.gatehouse.admin.store.UserPoolStore;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteUserPoolClientResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolClientResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolClientsRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolClientsResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolClientResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientDescription;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** Clients of user pools of our own; those of a registered issuer are made where it is. */
@ApplicationScoped
public class UserPoolClients implements Operations {

  private UserPoolStore store;
  private Realms realms;
  private Publisher publisher;
  private Ids ids;
  private InstantSource clock;

  protected UserPoolClients() {}

  @Inject
  public UserPoolClients(
      UserPoolStore store, Realms realms, Publisher publisher, Ids ids, InstantSource clock) {
    this.store = store;
    this.realms = realms;
    this.publisher = publisher;
    this.ids = ids;
    this.clock = clock;
  }

  @Operation("POST /#CreateUserPoolClient")
  public CreateUserPoolClientResponse createUserPoolClient(
      Caller caller, CreateUserPoolClientRequest in) {
    StoredUserPool pool = hosted(store.lock(caller, in.userPoolId()));
    UserPoolClientType body =
        ClientRules.client(in, store.servers(pool)).toBuilder()
            .userPoolId(pool.poolId())
            .clientId(ids.userPoolClient())
            .creationDate(now())
            .lastModifiedDate(now())
            .build();
    Optional<String> secret =
        Boolean.TRUE.equals(in.generateSecret())
            ? Optional.of(ids.userPoolClientSecret())
            : Optional.empty();
    StoredUserPoolClient client = store.addClient(pool, body, secret);
    store.touch(pool);
    realms.addClient(pool.realm(), new RealmClient(body, secret));
    publisher.changed(pool);
    return CreateUserPoolClientResponse.builder().userPoolClient(shown(client)).build();
  }

  /** With its secret, which the vendor's tools read back. */
  @Operation("POST /#DescribeUserPoolClient")
  public DescribeUserPoolClientResponse describeUserPoolClient(
      Caller caller, DescribeUserPoolClientRequest in) {
    StoredUserPool pool = store.get(caller, in.userPoolId());
    return DescribeUserPoolClientResponse.builder()
        .userPoolClient(shown(store.client(pool, in.clientId())))
        .build();
  }

  /** What is not given becomes what it is by itself, as at the vendor; only the name stays. */
  @Operation("POST /#UpdateUserPoolClient")
  public UpdateUserPoolClientResponse updateUserPoolClient(
      Caller caller, UpdateUserPoolClientRequest in) {
    StoredUserPool pool = hosted(store.lock(caller, in.userPoolId()));
    StoredUserPoolClient client = store.client(pool, in.clientId());
    UserPoolClientType was = client.body();
    Optional<String> secret = store.secret(client);
    CreateUserPoolClientRequest asNew =
        Wire.read(Wire.write(in), CreateUserPoolClientRequest.builder()).toBuilder()
            .clientName(in.clientName() == null ? was.clientName() : in.clientName())
            .generateSecret(secret.isPresent())
            .build();
    UserPoolClientType body =
        ClientRules.client(asNew, store.servers(pool)).toBuilder()
            .userPoolId(was.userPoolId())
            .clientId(was.clientId())
            .creationDate(was.creationDate())
            .lastModifiedDate(now())
            .build();
    store.replace(client, body);
    realms.updateClient(pool.realm(), new RealmClient(body, secret));
    return UpdateUserPoolClientResponse.builder().userPoolClient(shown(client)).build();
  }

  /** Nodes refuse its tokens from then on. */
  @Operation("POST /#DeleteUserPoolClient")
  public DeleteUserPoolClientResponse deleteUserPoolClient(
      Caller caller, DeleteUserPoolClientRequest in) {
    StoredUserPool pool = store.lock(caller, in.userPoolId());
    StoredUserPoolClient client = store.client(pool, in.clientId());
    store.delete(client);
    store.touch(pool);
    realms.deleteClient(pool.realm(), client.clientId());
    publisher.changed(pool);
    return DeleteUserPoolClientResponse.builder().build();
  }

  @Operation("POST /#ListUserPoolClients")
  public ListUserPoolClientsResponse listUserPoolClients(
      Caller caller, ListUserPoolClientsRequest in) {
    StoredUserPool pool = store.get(caller, in.userPoolId());
    Page<UserPoolClientDescription> page =
        Page.within(
                store.clients(pool),
                new Page.Ask(in.nextToken(), in.maxResults()),
                StoredUserPoolClient::clientId)
            .map(
                client ->
                    UserPoolClientDescription.builder()
                        .clientId(client.clientId())
                        .userPoolId(client.poolId())
                        .clientName(client.body().clientName())
                        .build());
    return ListUserPoolClientsResponse.builder()
        .userPoolClients(page.items())
        .nextToken(page.position().orElse(null))
        .build();
  }

  private UserPoolClientType shown(StoredUserPoolClient client) {
    return client.body().toBuilder().clientSecret(store.secret(client).orElse(null)).build();
  }

  /**
   * @throws ApiError when somebody else's issuer is behind the pool
   */
  static StoredUserPool hosted(StoredUserPool pool) {
    if (pool.isRegistered()) {
      throw ApiError.badRequest(
          "User pool "
              + pool.poolId()
              + " is a registered issuer: its clients, scopes and users are made there; the tag"
              + " gatehouse:clients lists the clients whose tokens are taken");
    }
    return pool;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}

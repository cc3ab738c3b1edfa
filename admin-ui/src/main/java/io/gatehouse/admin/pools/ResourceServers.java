package io.gatehouse.admin.pools;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredResourceServer;
import io.gatehouse.admin.store.StoredUserPool;
import io.gatehouse.admin.store.UserPoolStore;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateResourceServerRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateResourceServerResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteResourceServerRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteResourceServerResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeResourceServerRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeResourceServerResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListResourceServersRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListResourceServersResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerScopeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateResourceServerRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateResourceServerResponse;

/** What the scopes of a pool's access tokens are about; each is {@code identifier/scope}. */
@ApplicationScoped
public class ResourceServers implements Operations {

  private static final int MOST_SCOPES = 100;
  private static final int MOST_LISTED = 50;

  private UserPoolStore store;
  private Realms realms;

  protected ResourceServers() {}

  @Inject
  public ResourceServers(UserPoolStore store, Realms realms) {
    this.store = store;
    this.realms = realms;
  }

  @Operation("POST /#CreateResourceServer")
  public CreateResourceServerResponse createResourceServer(
      Caller caller, CreateResourceServerRequest in) {
    StoredUserPool pool = UserPoolClients.hosted(store.lock(caller, in.userPoolId()));
    if (find(pool, in.identifier()) != null) {
      throw ApiError.badRequest(
          in.identifier() + " already exists in user pool " + pool.poolId() + ".");
    }
    ResourceServerType body = body(pool, in.identifier(), in.name(), in.scopes());
    store.addServer(pool, body);
    realms.putScopes(pool.realm(), in.identifier(), names(in.scopes()));
    return CreateResourceServerResponse.builder().resourceServer(body).build();
  }

  @Operation("POST /#DescribeResourceServer")
  public DescribeResourceServerResponse describeResourceServer(
      Caller caller, DescribeResourceServerRequest in) {
    return DescribeResourceServerResponse.builder()
        .resourceServer(get(store.get(caller, in.userPoolId()), in.identifier()).body())
        .build();
  }

  @Operation("POST /#UpdateResourceServer")
  public UpdateResourceServerResponse updateResourceServer(
      Caller caller, UpdateResourceServerRequest in) {
    StoredUserPool pool = store.lock(caller, in.userPoolId());
    StoredResourceServer server = get(pool, in.identifier());
    ResourceServerType body = body(pool, in.identifier(), in.name(), in.scopes());
    store.replace(server, body);
    realms.putScopes(pool.realm(), in.identifier(), names(in.scopes()));
    return UpdateResourceServerResponse.builder().resourceServer(body).build();
  }

  @Operation("POST /#DeleteResourceServer")
  public DeleteResourceServerResponse deleteResourceServer(
      Caller caller, DeleteResourceServerRequest in) {
    StoredUserPool pool = store.lock(caller, in.userPoolId());
    store.delete(get(pool, in.identifier()));
    realms.putScopes(pool.realm(), in.identifier(), Set.of());
    return DeleteResourceServerResponse.builder().build();
  }

  @Operation("POST /#ListResourceServers")
  public ListResourceServersResponse listResourceServers(
      Caller caller, ListResourceServersRequest in) {
    Page<ResourceServerType> page =
        Page.within(
                store.servers(store.get(caller, in.userPoolId())),
                new Page.Ask(
                    in.nextToken(),
                    in.maxResults() == null ? Integer.valueOf(MOST_LISTED) : in.maxResults()),
                StoredResourceServer::identifier)
            .map(StoredResourceServer::body);
    return ListResourceServersResponse.builder()
        .resourceServers(page.items())
        .nextToken(page.position().orElse(null))
        .build();
  }

  private StoredResourceServer get(StoredUserPool pool, String identifier) {
    StoredResourceServer server = find(pool, identifier);
    if (server == null) {
      throw ApiError.notFound("Resource server " + identifier + " does not exist.");
    }
    return server;
  }

  private StoredResourceServer find(StoredUserPool pool, String identifier) {
    return store.servers(pool).stream()
        .filter(server -> server.identifier().equals(identifier))
        .findFirst()
        .orElse(null);
  }

  private static ResourceServerType body(
      StoredUserPool pool, String identifier, String name, List<ResourceServerScopeType> scopes) {
    if (scopes.size() > MOST_SCOPES) {
      throw ApiError.badRequest("A resource server has at most 100 scopes");
    }
    if (names(scopes).size() < scopes.size()) {
      throw ApiError.badRequest("The same scope is there twice");
    }
    return ResourceServerType.builder()
        .userPoolId(pool.poolId())
        .identifier(identifier)
        .name(name)
        .scopes(scopes)
        .build();
  }

  private static Set<String> names(List<ResourceServerScopeType> scopes) {
    Set<String> names = new HashSet<>();
    scopes.forEach(scope -> names.add(scope.scopeName()));
    return names;
  }
}

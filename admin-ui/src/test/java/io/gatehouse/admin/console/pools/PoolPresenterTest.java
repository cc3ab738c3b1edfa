package io.gatehouse.admin.console.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.pools.PoolPresenter.Shown;
import io.gatehouse.admin.console.pools.PoolPresenter.Use;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.pools.PoolUsers;
import io.gatehouse.admin.pools.ResourceServers;
import io.gatehouse.admin.pools.UserPoolClients;
import io.gatehouse.admin.pools.UserPools;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.snapshot.PoolIssuer;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateResourceServerRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateResourceServerResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteUserPoolResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListResourceServersRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListResourceServersResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolClientsRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolClientsResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

class PoolPresenterTest {

  private static final UserPoolType POOL =
      UserPoolType.builder().id("us-east-1_x").name("shop").arn("arn").build();

  private final List<String> shown = new ArrayList<>();
  private final List<CreateUserPoolClientRequest> clients = new ArrayList<>();
  private final List<CreateResourceServerRequest> servers = new ArrayList<>();

  private final PoolPresenter presenter =
      new PoolPresenter(
          new UserPools() {
            @Override
            public DescribeUserPoolResponse describeUserPool(
                Caller caller, DescribeUserPoolRequest in) {
              return DescribeUserPoolResponse.builder().userPool(POOL).build();
            }

            @Override
            public PoolIssuer userPoolIssuer(Caller caller, String poolId) {
              return PoolIssuer.registered(Map.of("gatehouse:issuer", "https://id"));
            }

            @Override
            public DeleteUserPoolResponse deleteUserPool(Caller caller, DeleteUserPoolRequest in) {
              shown.add("delete " + in.userPoolId());
              return DeleteUserPoolResponse.builder().build();
            }
          },
          new UserPoolClients() {
            @Override
            public ListUserPoolClientsResponse listUserPoolClients(
                Caller caller, ListUserPoolClientsRequest in) {
              return ListUserPoolClientsResponse.builder().build();
            }

            @Override
            public CreateUserPoolClientResponse createUserPoolClient(
                Caller caller, CreateUserPoolClientRequest in) {
              clients.add(in);
              return CreateUserPoolClientResponse.builder()
                  .userPoolClient(c -> c.clientName(in.clientName()).clientSecret("s3cret"))
                  .build();
            }
          },
          new ResourceServers() {
            @Override
            public ListResourceServersResponse listResourceServers(
                Caller caller, ListResourceServersRequest in) {
              return ListResourceServersResponse.builder().build();
            }

            @Override
            public CreateResourceServerResponse createResourceServer(
                Caller caller, CreateResourceServerRequest in) {
              servers.add(in);
              return CreateResourceServerResponse.builder().build();
            }
          },
          new PoolUsers() {},
          () -> Kit.ALICE,
          new PoolPresenter.Screen() {
            @Override
            public void show(Shown pool) {
              shown.add("show " + pool.pool().name());
            }

            @Override
            public void made(UserPoolClientType client) {
              shown.add("once " + client.clientSecret());
            }

            @Override
            public void notice(String text) {
              shown.add(text);
            }

            @Override
            public void gone(String text) {
              shown.add(text);
            }
          });

  private static Shown pool(ResourceServerType... servers) {
    return new Shown(
        POOL,
        PoolIssuer.registered(Map.of("gatehouse:issuer", "https://id")),
        List.of(),
        List.of(servers));
  }

  @Test
  void aProgramsClientHasASecretThatIsToldOnce() {
    presenter.addClient(pool(), "job", Use.PROGRAM, List.of("shop/read"));
    CreateUserPoolClientRequest made = clients.getFirst();
    assertTrue(made.generateSecret());
    assertEquals(List.of("client_credentials"), made.allowedOAuthFlowsAsStrings());
    assertEquals(List.of("shop/read"), made.allowedOAuthScopes());
    assertTrue(made.explicitAuthFlows().isEmpty());
    assertEquals(List.of("show shop", "once s3cret"), shown);
    assertThrows(ApiError.class, () -> presenter.addClient(pool(), "job", Use.PROGRAM, List.of()));
  }

  @Test
  void peoplesClientHasNoSecretAndTakesPasswords() {
    presenter.addClient(pool(), " web ", Use.PEOPLE, List.of());
    CreateUserPoolClientRequest made = clients.getFirst();
    assertEquals("web", made.clientName());
    assertFalse(Boolean.TRUE.equals(made.generateSecret()));
    assertTrue(made.explicitAuthFlowsAsStrings().contains("ALLOW_USER_PASSWORD_AUTH"));
  }

  @Test
  void scopesAreLinesWithWhatTheyMean() {
    presenter.addServer("us-east-1_x", " shop ", "", "read  Read orders\n\n write \n");
    CreateResourceServerRequest made = servers.getFirst();
    assertEquals("shop", made.identifier());
    assertEquals("shop", made.name());
    assertEquals(
        List.of("read=Read orders", "write=write"),
        made.scopes().stream().map(s -> s.scopeName() + "=" + s.scopeDescription()).toList());
    presenter.addServer("us-east-1_x", "https://shop.example/a", "", "read");
    assertEquals("https-shop.example-a", servers.get(1).name());
    assertThrows(ApiError.class, () -> presenter.addServer("us-east-1_x", "shop", "", " \n "));
  }

  @Test
  void onlyWhoTypesItsNameDeletesAPool() {
    assertThrows(ApiError.class, () -> presenter.delete(POOL, "shoP"));
    assertEquals(List.of(), shown);
    presenter.delete(POOL, " shop ");
    assertEquals(List.of("delete us-east-1_x", "Deleted user pool shop"), shown);
  }

  @Test
  void scopesAreNamedAsAuthorizersNameThem() {
    ResourceServerType server =
        ResourceServerType.builder()
            .identifier("https://api")
            .scopes(s -> s.scopeName("read"))
            .build();
    assertEquals(List.of("https://api/read"), pool(server).scopes());
  }
}

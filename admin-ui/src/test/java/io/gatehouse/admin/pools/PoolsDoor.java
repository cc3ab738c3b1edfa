package io.gatehouse.admin.pools;

import io.gatehouse.admin.awsface.ManagementApi;
import io.gatehouse.admin.whole.SocketDoor;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** The management API with Cognito's own client before it. */
final class PoolsDoor implements AutoCloseable {

  final SocketDoor door = new SocketDoor();
  private final List<CognitoIdentityProviderClient> clients = new ArrayList<>();

  CognitoIdentityProviderClient client(String account) {
    CognitoIdentityProviderClient client =
        CognitoIdentityProviderClient.builder()
            .region(Region.of(ManagementApi.REGION))
            .endpointOverride(door.address())
            .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("AKIA" + account, ManagementApi.SECRET)))
            .build();
    clients.add(client);
    return client;
  }

  RememberedRealms realms() {
    return door.house().realms();
  }

  @Override
  public void close() throws Exception {
    clients.forEach(CognitoIdentityProviderClient::close);
    door.close();
  }
}

package io.gatehouse.admin.console.palette;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a person has been in this session, tenant by tenant. */
public final class RecentPlaces implements Serializable {

  private static final long serialVersionUID = 1;

  static final int MOST = 8;

  /** A person goes through few tenants; one who goes through many begins anew. */
  static final int MOST_TENANTS = 20;

  private final Map<String, List<Destination>> places = new HashMap<>();

  /**
   * @param account of the tenant
   */
  public void visited(String account, Destination place) {
    if (places.size() >= MOST_TENANTS && !places.containsKey(account)) {
      places.clear();
    }
    List<Destination> mine = places.computeIfAbsent(account, a -> new ArrayList<>());
    mine.removeIf(known -> known.path().equals(place.path()));
    mine.addFirst(place);
    if (mine.size() > MOST) {
      mine.removeLast();
    }
  }

  /** The last first, without where the person is. */
  List<Destination> of(String account, String here) {
    return places.getOrDefault(account, List.of()).stream()
        .filter(place -> !place.path().equals(here))
        .toList();
  }
}

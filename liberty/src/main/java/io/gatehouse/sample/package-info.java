/** The backend of a first try: a small pet store that stands for a tenant's own service. */
package io.gatehouse.sample;

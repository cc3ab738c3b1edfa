/** REST APIs: the list, importing one, and an API's overview. */
package io.gatehouse.admin.console.apis;

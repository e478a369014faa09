/**
 * Loaded by every page. Styles imported here are bundled with a hash in their
 * name, and reload in development.
 *
 * @module
 */
import "./assets/styles.css";
import "./assets/shop.css";

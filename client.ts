/**
 * What every page loads besides its islands: styles imported here are hashed,
 * and reload while you work on them.
 *
 * @module
 */
import "./assets/styles.css";

// What a map says, in the page's language.
const FRENCH = {
  open: "Ouvrir",
  place: "Lieu",
  pin: "Lieu choisi : vous pouvez le déplacer",
  placed: "Le lieu est choisi. Touchez ailleurs pour le déplacer.",
  locating: "Recherche de votre position…",
  unlocated: "Votre position n'est pas disponible : touchez la carte ou tapez une adresse.",
};
const ENGLISH = {
  open: "Open",
  place: "Place",
  pin: "Chosen place: you can move it",
  placed: "The place is chosen. Tap elsewhere to move it.",
  locating: "Looking for your position…",
  unlocated: "Your position is not available: tap the map or type an address.",
};
const CONTROLS = {
  "NavigationControl.ZoomIn": "Agrandir",
  "NavigationControl.ZoomOut": "Réduire",
  "Popup.Close": "Fermer",
  "AttributionControl.ToggleAttribution": "Sources de la carte",
  "Marker.Title": "Repère",
  "CooperativeGesturesHandler.WindowsHelpText": "Ctrl + molette pour agrandir la carte",
  "CooperativeGesturesHandler.MacHelpText": "⌘ + molette pour agrandir la carte",
  "CooperativeGesturesHandler.MobileHelpText": "Deux doigts pour déplacer la carte",
};
const french = () => document.documentElement.lang.startsWith("fr");

export const words = () => (french() ? FRENCH : ENGLISH);
export const controlWords = () => (french() ? CONTROLS : {});
